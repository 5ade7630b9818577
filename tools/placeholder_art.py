"""Draws the placeholder logos: a plain rectangle with the inspectorate's name, for machines without the real art.

python tools/placeholder_art.py
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from letters.houses.loading import STYLES

ART = STYLES / "joint" / "art" / "logos"
FONT = STYLES / "fonts" / "Arimo-Bold.ttf"
LOGOS = {
    "ofsted": ("Ofsted", "#1b2f6b"),
    "cqc": ("Care Quality\nCommission", "#5b2a6e"),
    "hmicfrs": ("HMI Constabulary\nand Fire & Rescue", "#0a4a7a"),
    "hmic": ("HMIC", "#0a4a7a"),
    "hmiprobation": ("HMI\nProbation", "#1f5c4d"),
}
HEIGHT, MARGIN, EDGE = 220, 26, 6


def draw(words: str, colour: str) -> Image.Image:
    """Return a logo of that height, as wide as its words need."""
    font = ImageFont.truetype(FONT, 64)
    box = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), words, font, spacing=12)
    width = round(box[2] - box[0]) + 2 * (MARGIN + EDGE)
    image = Image.new("RGB", (width, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((EDGE // 2, EDGE // 2, width - EDGE, HEIGHT - EDGE), outline=colour, width=EDGE)
    top = (HEIGHT - (box[3] - box[1])) / 2 - box[1]
    pen.multiline_text((MARGIN + EDGE - box[0], top), words, colour, font, spacing=12)
    return image.quantize(16)


def main() -> None:
    """Write every placeholder."""
    ART.mkdir(parents=True, exist_ok=True)
    for name, (words, colour) in LOGOS.items():
        path: Path = ART / f"{name}.png"
        draw(words, colour).save(path, optimize=True)
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
