"""The part of the W3C's Annotation context that our files need, in JSON-LD.

Not the W3C's file itself, which no package of a registry holds: written after the vocabulary of the recommendation
(https://www.w3.org/TR/annotation-vocab/), term by term. A checker that needs no network.
"""

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CLASSES = "Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector Motivation"
MOTIVATIONS = "assessing classifying commenting identifying linking replying tagging"
ADDRESSES = {
    "body": "oa:hasBody", "target": "oa:hasTarget", "source": "oa:hasSource", "selector": "oa:hasSelector",
    "creator": "dcterms:creator", "generator": "as:generator", "first": "as:first",
}
TIMES = {"created": "dcterms:created", "modified": "dcterms:modified"}
NUMBERS = {"start": "oa:start", "end": "oa:end", "total": "as:totalItems", "startIndex": "as:startIndex"}
WORDS = {
    "value": "rdf:value", "language": "dc:language", "name": "foaf:name", "label": "rdfs:label",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
}


def context():
    terms = dict(PREFIXES)
    terms["id"], terms["type"] = ({"@type": "@id", "@id": key} for key in ("@id", "@type"))
    terms.update({name: "oa:" + name for name in (CLASSES + " " + MOTIVATIONS).split()})
    terms.update(Person="foaf:Person", Software="as:Application")
    terms.update(AnnotationCollection="as:OrderedCollection", AnnotationPage="as:OrderedCollectionPage")
    terms.update({name: {"@type": "@id", "@id": iri} for name, iri in ADDRESSES.items()})
    terms["items"] = {"@type": "@id", "@id": "as:items", "@container": "@list"}
    terms["motivation"] = {"@type": "@vocab", "@id": "oa:motivatedBy"}
    terms["purpose"] = {"@type": "@vocab", "@id": "oa:hasPurpose"}
    terms.update({name: {"@type": "xsd:dateTime", "@id": iri} for name, iri in TIMES.items()})
    terms.update({name: {"@type": "xsd:nonNegativeInteger", "@id": iri} for name, iri in NUMBERS.items()})
    terms.update(WORDS)
    return {"@context": terms}
