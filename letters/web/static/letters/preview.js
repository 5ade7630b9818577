// Shows what a finding would read like while it is typed; the page is complete without it.
const form = document.querySelector("form[data-preview]");
const shown = document.getElementById("preview");
let waiting = 0;
let asked = 0;

async function show() {
  const number = ++asked;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.preview, { method: "POST", body, credentials: "same-origin" });
    if (answer.ok && !answer.redirected && number === asked) {
      shown.innerHTML = await answer.text();
    }
  } catch {
    // Without an answer the last preview stays; saving says what is wrong.
  }
}

if (form && shown) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
}
