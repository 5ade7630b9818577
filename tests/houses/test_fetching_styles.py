"""Style sheets of houses load nothing, however it is written."""

import pytest

from letters.errors import HouseFault
from letters.formats.pages.frame import style_sheet
from letters.houses.house import Asset


@pytest.mark.parametrize(
    "css",
    [
        "@import 'other.css';",
        r"@\69mport 'other.css';",
        "@im/**/port 'other.css';",
        "p { background: url(http://exmere.example/x) }",
        r"p { background: u\72l(http://exmere.example/x) }",
        "p { background: url(//exmere.example/x) }",
        "p { background: URL('x.png') }",
        "p { background: image-set('//exmere.example/x' 1x) }",
        "@media print { p { background: -webkit-image-set(url(x.png) 1x) } }",
        "@font-face { src: url(x.woff2) }",
        "p { color: red } </style>",
    ],
)
def test_a_style_sheet_that_loads_something_is_refused(css: str) -> None:
    with pytest.raises(HouseFault, match="it loads content from elsewhere, or closes its element"):
        style_sheet(Asset("styles/x/web.css", css.encode()))


@pytest.mark.parametrize(
    "css",
    ["p { background: url(data:image/png;base64,AA==) }", "/* url(x) */ p { color: red }", "a { fill: url(#mark) }"],
)
def test_a_style_sheet_that_holds_everything_itself_is_taken(css: str) -> None:
    assert style_sheet(Asset("styles/x/web.css", css.encode()))
