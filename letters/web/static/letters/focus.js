// Brings the focus to what is wrong with a form, so that it is heard first; the page is complete without it.
const summary = document.getElementById("summary");

if (summary) {
  summary.focus();
}
