"""The same invented story in every news format, and a way to read bytes without a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.article import Draft, Rejection, Warned
from ingest.read.refused import Refused
from ingest.read.source import Source

TITLE = "Ferry dues rise in Port Ellery"
LEAD = (
    "The harbour board of Port Ellery raised the dues for ferries on Tuesday, for the first time since 2019."
)
NEXT = "“Nobody likes to pay for water,” said Ada Quill, who chairs the board and rows to work."
TEXT = f"{LEAD}\n\n{NEXT}"
PARAGRAPHS = f"<p>{LEAD}</p>\n   <p>{NEXT}</p>"

Read = Callable[[Source, Mapping[str, str]], Iterator[Draft | Rejection]]


def found(read: Read, content: str | bytes, name: str = "a.xml") -> list[Draft | Rejection]:
    """What a reader makes of a file with this content; a refused file is one Rejection."""
    data = content if isinstance(content, bytes) else content.encode()
    source = Source(Path(name), content=data)
    items: list[Draft | Rejection] = []
    try:
        items.extend(read(source, {}))
    except Refused as refused:
        items.append(Rejection(name, "", refused.code, refused.reason))
    return items


def drafts(items: list[Draft | Rejection]) -> list[dict[str, Any]]:
    return [dict(item.fields) for item in items if isinstance(item, Draft)]


def only(items: list[Draft | Rejection]) -> dict[str, Any]:
    """The fields of the one article that came out."""
    (fields,) = drafts(items)
    return fields


def codes(items: list[Draft | Rejection]) -> list[tuple[str, str]]:
    """The place and the code of everything that was turned away or warned of."""
    return [(item.where, item.code) for item in items if isinstance(item, Rejection)]


def warned(items: list[Draft | Rejection]) -> list[str]:
    return [item.code for item in items if isinstance(item, Warned)]


# NITF -------------------------------------------------------------------------------------------------

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf xml:lang="en">
 <head>
  <title>A shorter headline</title>
  <docdata>
   <doc-id id-string="12345"/>
   <date.issue norm="20260303T184000+0100"/>
   <doc.copyright holder="Someone Else" year="2026"/>
  </docdata>
  <pubdata name="The Ellery Packet" position.section="Harbour" ex-ref="https://packet.example/dues"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>{TITLE}</hl1><hl2>Ferries pay more</hl2></hedline>
   <byline>By <person>Jonas Wray</person> and <person>Mia Hollis</person>,
    <byttl>Harbour desk</byttl></byline>
   <dateline><location>PORT ELLERY</location>, <story.date norm="20260303">March 3</story.date></dateline>
   <abstract><p>Dues rise.</p></abstract>
  </body.head>
  <body.content>
   <media media-type="image"><media-caption>A ferry, seen from the quay.</media-caption></media>
   {PARAGRAPHS}
  </body.content>
  <body.end><tagline>The writers row.</tagline></body.end>
 </body>
</nitf>
"""

# The element alone, as it is found inside other formats.
NITF_INSIDE = NITF.partition('dtd">')[2]

# NewsML-G2 --------------------------------------------------------------------------------------------

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def g2_item(
    content: str = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{PARAGRAPHS}</body></html>",
    *,
    guid: str = "urn:newsml:packet.example:20260303:dues",
    version: int = 1,
    kind: str = "text",
    meta: str = "<pubStatus qcode='stat:usable'/>",
    about: str = f"<headline>{TITLE}</headline>",
    provider: str = "<provider qcode='nprov:EP'><name>The Ellery Packet</name></provider>",
) -> str:
    return f"""<newsItem {NAR} guid="{guid}" version="{version}" standard="NewsML-G2" xml:lang="en-GB">
 <itemMeta>
  <itemClass qcode="ninat:{kind}"/>{provider}
  <versionCreated>2026-03-04T09:00:00+01:00</versionCreated>
  <firstCreated>2026-03-03T18:40:00+01:00</firstCreated>{meta}
 </itemMeta>
 <contentMeta>
  <contentCreated>2026-03-03</contentCreated>
  <creator qcode="staff:jw"><name>Jonas Wray</name></creator>
  <subject type="cpnat:person" qcode="p:1"><name>Ada Quill</name></subject>
  <subject qcode="medtop:20000271">
   <name xml:lang="de">Schifffahrt</name><name xml:lang="en">shipping</name>
  </subject>
  {about}
 </contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml">{content}</inlineXML></contentSet>
</newsItem>"""


def g2_message(*items: str) -> str:
    header = "<header><sent>2026-03-04</sent></header>"
    return f"<newsMessage {NAR}>{header}<itemSet>{''.join(items)}</itemSet></newsMessage>"


# NewsML 1 ---------------------------------------------------------------------------------------------


def newsml1(
    content: str = f"<DataContent><html><body>{PARAGRAPHS}</body></html></DataContent>",
    status: str = "Usable",
) -> str:
    return f"""<?xml version="1.0"?>
<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.2:1" "NewsML_1.2.dtd">
<NewsML Version="1.2">
 <NewsEnvelope><SentFrom><Party FormalName="The Ellery Packet"/></SentFrom></NewsEnvelope>
 <NewsItem>
  <Identification><NewsIdentifier>
   <ProviderId>packet.example</ProviderId><DateId>20260303</DateId><NewsItemId>dues</NewsItemId>
   <RevisionId Update="N" PreviousRevision="0">2</RevisionId>
   <PublicIdentifier>urn:newsml:packet.example:20260303:dues:2</PublicIdentifier>
  </NewsIdentifier></Identification>
  <NewsManagement>
   <FirstCreated>20260303T184000+0100</FirstCreated>
   <ThisRevisionCreated>20260304T090000+0100</ThisRevisionCreated>
   <Status FormalName="{status}"/>
   <StatusWillChange>
    <FutureStatus FormalName="Usable"/><DateAndTime>20260305T060000Z</DateAndTime>
   </StatusWillChange>
  </NewsManagement>
  <NewsComponent>
   <NewsLines>
    <HeadLine>{TITLE}</HeadLine><ByLine>By Jonas Wray</ByLine><DateLine>PORT ELLERY, March 3</DateLine>
   </NewsLines>
   <DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
   <NewsComponent>
    <Role FormalName="StyleSheet"/>
    <ContentItem><MimeType FormalName="text/css"/><DataContent>p {{color: red}}</DataContent></ContentItem>
   </NewsComponent>
   <NewsComponent>
    <Role FormalName="Photo"/><NewsLines><HeadLine>A ferry</HeadLine></NewsLines>
    <ContentItem Href="ferry.jpg"><MediaType FormalName="Photo"/></ContentItem>
   </NewsComponent>
   <NewsComponent>
    <Role FormalName="Main"/>
    <ContentItem><MediaType FormalName="Text"/><MimeType FormalName="text/xhtml"/>{content}</ContentItem>
   </NewsComponent>
  </NewsComponent>
 </NewsItem>
</NewsML>"""


# ninjs ------------------------------------------------------------------------------------------------

NINJS_1 = {
    "uri": "urn:packet.example:dues",
    "type": "text",
    "version": "1",
    "versioncreated": "2026-03-03T18:40:00+01:00",
    "language": "en",
    "byline": "By Jonas Wray",
    "headline": TITLE,
    "subject": [{"name": "shipping", "scheme": "medtop", "code": "20000271"}],
    "body_text": f"{LEAD} {NEXT}",
    "body_xhtml": f"<h1>{TITLE}</h1>{PARAGRAPHS}",
    "copyrightholder": "The Ellery Packet",
    "associations": {"photo": {"uri": "urn:packet.example:p", "type": "picture", "headline": "A ferry"}},
}
NINJS_3 = {
    "uri": "https://packet.example/dues",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "pubStatus": "usable",
    "firstCreated": "2026-03-03T18:40:00+01:00",
    "versionCreated": "2026-03-04T09:00:00+01:00",
    "language": "de",
    "by": "Von Jonas Wray",
    "headlines": [{"role": "short", "value": "Dues"}, {"role": "main", "value": TITLE}],
    "bodies": [
        {"role": "nitf", "contentType": "application/xml", "value": NITF},
        {"role": "html", "contentType": "text/html", "value": PARAGRAPHS},
    ],
    "infoSources": [{"name": "The Ellery Packet"}],
    "people": [{"name": "Ada Quill", "rel": "about"}],
}

# Feeds ------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
 <title>Harbour – The Ellery Packet</title><link>https://www.elleryPacket.example/</link><language>en-gb</language>
 <item>
  <title>{TITLE}</title><link>/dues?utm_source=rss</link><guid isPermaLink="false">4711</guid>
  <pubDate>Tue, 03 Mar 2026 18:40:00 +0100</pubDate><dc:creator>Jonas Wray</dc:creator>
  <category>Harbour</category>
  <description>Ferries pay more, says the board.</description>
  <content:encoded><![CDATA[{PARAGRAPHS}
   <p>The post <a href="/">Dues</a> appeared first on Packet.</p>]]></content:encoded>
 </item>
 <item>
  <title>Gulls counted</title><guid>https://elleryPacket.example/gulls</guid>
  <description>
   Gulls in the harbour number 4,100, the count of Sunday says, &lt;b&gt;two fewer&lt;/b&gt; than last year.
  </description>
 </item>
 <item><title>Photo of the day</title><link>https://elleryPacket.example/photo</link></item>
</channel>
</rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
 <title>The Ellery Packet</title><link href="https://packet.example/"/>
 <author><name>Mia Hollis</name></author>
 <entry>
  <id>tag:packet.example,2026:dues</id>
  <title type="html">Ferry &lt;em&gt;dues&lt;/em&gt; rise in Port Ellery</title>
  <link href="https://packet.example/dues"/>
  <published>2026-03-03T18:40:00+01:00</published><updated>2026-03-04T09:00:00+01:00</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content>
 </entry>
</feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Ellery Packet",
    "home_page_url": "https://packet.example/",
    "language": "en",
    "items": [
        {
            "id": "4711",
            "url": "https://packet.example/dues",
            "title": TITLE,
            "content_html": PARAGRAPHS,
            "date_published": "2026-03-03T18:40:00+01:00",
            "date_modified": "2026-03-04T09:00:00+01:00",
            "authors": [{"name": "Jonas Wray"}],
            "tags": ["Harbour"],
        },
        {
            "id": 2,
            "title": "Gulls counted",
            "summary": "Gulls in the harbour number 4,100, two fewer than last year.",
        },
        {"id": "3", "title": "Photo of the day", "url": "https://packet.example/photo"},
    ],
}

# Reuters SGML -----------------------------------------------------------------------------------------

REUTERS = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="5544" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>ship</D><D>tides</D></TOPICS>
<PLACES><D>harland</D></PLACES>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>HARLAND FERRY &lt;HFL> DUES RISE</TITLE>
<AUTHOR>    By Ada Quill, Reuters</AUTHOR>
<DATELINE>    PORT ELLERY, Feb 26 - </DATELINE><BODY>The harbour board raised the dues for ferries
again this week, the third time in a
year.
    &quot;Nobody likes to pay for water,&quot; the board said.
             1986   1987
    Ellery     12     14
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="2">
<DATE> 3-MAR-1987 09:25:21.05</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>HARBOUR BOARD RAISES DUES</TITLE>Blah blah blah.
&#3;
</TEXT>
</REUTERS>
<REUTERS NEWID="3">
<DATE>31-MAR-1987 605:12:19.12</DATE>
<TEXT TYPE="UNPROC">&#2;
FERRY LINE TO SELL
ITS ELLERY UNIT
    PORT ELLERY, March 31 - The ferry line said it would sell
its unit in the town.
 REUTER&#3;
</TEXT>
</REUTERS>
"""


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
