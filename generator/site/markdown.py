"""Generated Markdown to HTML by pulldown-cmark (pyromark), with attribute lists, permalinks and table of contents."""

import html
import re

import pyromark

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
_markdown_attr = re.compile(r"(?m)^(\s*<\w+(?:\s[^>\n]*?)?) markdown(?:=\"?\w+\"?)?>")
_inline_attrs = re.compile(r"<a href=\"([^\"]*)\">((?:(?!</a>).)*)</a>\{ ([^{}\n]*) \}", re.S)
_block_attrs = re.compile(r"<li>(?P<p>\n<p>)?(?P<body>(?:(?!</?li>|</p>|<ul>).)*?)\n\{ (?P<attrs>[^{}\n]+) \}", re.S)
_paragraph_attrs = re.compile(r"<p>(?P<body>(?:(?!</?p>).)*?)\n\{ (?P<attrs>[^{}\n]+) \}</p>", re.S)
_heading = re.compile(r'<h([1-6])(?: id="([^"]*)")?([^>]*)>(.*?)</h\1>', re.S)
_part = re.compile(r"""[.#][^\s]+|[\w-]+="[^"]*"|[\w-]+=\S+""")
_tag = re.compile(r"<[^>]*>")


def _attrs(written):
    classes, rest = [], ""
    for part in _part.findall(written):
        if part[0] == ".":
            classes.append(part[1:])
        elif part[0] == "#":
            rest += f' id="{part[1:]}"'
        else:
            key, _, value = part.partition("=")
            value = value.strip('"')
            rest += f' {key}="{value}"'
    return (f' class="{" ".join(classes)}"' if classes else "") + rest


def _opened(paragraph, attrs):
    return f"<li>\n<p{attrs}>" if paragraph else f"<li{attrs}>"


_within = re.compile(r"(?P<open><(?P<tag>p|th|td)\b[^>]*?) markdown>(?P<inner>.*?)</(?P=tag)>", re.S)


def _inline(match):
    inner = pyromark.html(match["inner"].strip(), options=OPTIONS).strip().removeprefix("<p>").removesuffix("</p>")
    return f"{match['open']}>{inner}</{match['tag']}>"


def convert(text, permalink="#"):
    if " markdown>" in text:
        text = _within.sub(_inline, text)
    out = pyromark.html(_markdown_attr.sub(r"\1>", text), options=OPTIONS)
    if "{ " in out:
        out = _inline_attrs.sub(lambda m: f'<a{_attrs(m[3])} href="{m[1]}">{m[2]}</a>', out)
        out = _block_attrs.sub(lambda m: f"{_opened(m['p'], _attrs(html.unescape(m['attrs'])))}{m['body']}", out)
        out = _paragraph_attrs.sub(lambda m: f"<p{_attrs(html.unescape(m['attrs']))}>{m['body']}</p>", out)
    toc = []

    def heading(m):
        level, anchor, attrs, words = int(m[1]), m[2] or "", m[3], m[4]
        toc.append({"level": level, "id": anchor, "name": _tag.sub("", words).strip()})
        return f'<h{level} id="{anchor}"{attrs}>{words}<a class="headerlink" href="#{anchor}" title="Permanent link">{permalink}</a></h{level}>'

    return _heading.sub(heading, out), toc


from dataclasses import dataclass


class UnknownTargetError(ValueError):
    pass


@dataclass
class Rendered:
    html: str
    toc: list
    title: str
    ids: set
    links: dict


import re as _re

_href = _re.compile(r'(<a(?: [^>]*?)? href=")([^"#?:]*\.md)(#[^"]*)?"')
_ids = _re.compile(r'<[^>]* id="([^"]+)"')


def render(text, address):
    out, flat = convert(text)
    links = {}

    def sub(m):
        a = address(m[2])
        if a is None:
            raise UnknownTargetError(m[2])
        if m[3]:
            from urllib.parse import unquote

            links.setdefault(m[2], {})[unquote(m[3][1:])] = m[2] + m[3]
        return f'{m[1]}{a}{m[3] or ""}"'

    out = _href.sub(sub, out)
    root = []
    stack = [(0, root)]
    for token in flat:
        while stack[-1][0] >= token["level"]:
            stack.pop()
        node = {**token, "name": html.unescape(token["name"]), "children": []}
        node["name"] = html.escape(node["name"], quote=False)
        stack[-1][1].append(node)
        stack.append((token["level"], node["children"]))
    return Rendered(out, root, flat[0]["name"] if flat else None, set(_ids.findall(out)), links)
