"""The words of Adaptive Cards 1.5 that Teams draws: element and action types, their properties, closed lists.

Data only, from the schema explorer's pages for version 1.5 and Teams' own additions that every client has.
What is newer than 1.5 (badges, carousels, charts) is not here: a card with it is drawn by some clients only.
"""

from collections.abc import Mapping

Names = frozenset[str]


def _names(text: str) -> Names:
    return frozenset(text.split())


_ELEMENT = _names("type id spacing separator isVisible height requires fallback targetWidth lang")
_INPUT = _ELEMENT | _names("label isRequired errorMessage value")
_BOX = _names("style bleed minHeight backgroundImage selectAction verticalContentAlignment rtl")
_TEXT = _names("text color fontType isSubtle size weight")
_ACTION = _names("type id title iconUrl style mode tooltip isEnabled fallback requires")

ELEMENTS: Mapping[str, Names] = {
    "TextBlock": _ELEMENT | _TEXT | _names("horizontalAlignment maxLines wrap style labelFor"),
    "RichTextBlock": _ELEMENT | _names("inlines horizontalAlignment labelFor"),
    "Image": _ELEMENT
    | _names("url altText backgroundColor horizontalAlignment selectAction size style width msteams"),
    "ImageSet": _ELEMENT | _names("images imageSize"),
    "Container": _ELEMENT | _BOX | _names("items showBorder roundedCorners"),
    "ColumnSet": _ELEMENT | _BOX | _names("columns horizontalAlignment"),
    "FactSet": _ELEMENT | _names("facts"),
    "ActionSet": _ELEMENT | _names("actions horizontalAlignment"),
    "Table": _ELEMENT
    | _names("columns rows firstRowAsHeader firstRowAsHeaders showGridLines gridStyle")
    | _names("horizontalCellContentAlignment verticalCellContentAlignment"),
    "Input.Text": _INPUT | _names("isMultiline maxLength placeholder regex style inlineAction"),
    "Input.Number": _INPUT | _names("min max placeholder"),
    "Input.Date": _INPUT | _names("min max placeholder"),
    "Input.Time": _INPUT | _names("min max placeholder"),
    "Input.Toggle": _INPUT | _names("title valueOn valueOff wrap"),
    "Input.ChoiceSet": _INPUT | _names("choices choices.data isMultiSelect style placeholder wrap"),
}
"""Elements that may stand in a card's body or a container."""

PARTS: Mapping[str, Names] = {
    "Column": _ELEMENT | _BOX | _names("items width"),
    "TableRow": _ELEMENT | _names("cells style horizontalCellContentAlignment verticalCellContentAlignment"),
    "TableCell": _ELEMENT | _BOX | _names("items"),
    "TextRun": _TEXT | _names("type italic strikethrough underline highlight selectAction"),
}
"""Elements that stand only inside a certain other one."""

CHILDREN: Mapping[str, tuple[str, str]] = {
    "Container": ("items", ""),
    "ColumnSet": ("columns", "Column"),
    "Column": ("items", ""),
    "Table": ("rows", "TableRow"),
    "TableRow": ("cells", "TableCell"),
    "TableCell": ("items", ""),
    "ImageSet": ("images", "Image"),
    "RichTextBlock": ("inlines", "TextRun"),
}
"""Where an element keeps its children, and of which type they must be (empty: any element)."""

ACTIONS: Mapping[str, Names] = {
    "Action.Submit": _ACTION | _names("data associatedInputs msteams"),
    "Action.Execute": _ACTION | _names("data associatedInputs verb"),
    "Action.OpenUrl": _ACTION | _names("url"),
    "Action.ShowCard": _ACTION | _names("card"),
    "Action.ToggleVisibility": _ACTION | _names("targetElements"),
}

CARD = _names(
    "type version $schema body actions fallbackText lang speak minHeight rtl verticalContentAlignment "
    "backgroundImage selectAction refresh authentication msteams metadata"
)

_COLOURS = _names("default dark light accent good warning attention")
_STYLES = _names("default emphasis good attention warning accent")
_SIDES = _names("left center right")

CLOSED: Mapping[str, Mapping[str, Names]] = {
    "": {
        "spacing": _names("default none small medium large extralarge padding extrasmall"),
        "height": _names("auto stretch"),
        "horizontalAlignment": _SIDES,
        "verticalContentAlignment": _names("top center bottom"),
        "size": _names("default small medium large extralarge auto stretch"),
        "weight": _names("default lighter bolder"),
        "color": _COLOURS,
        "fontType": _names("default monospace"),
        "mode": _names("primary secondary"),
        "associatedInputs": _names("auto none"),
    },
    "TextBlock": {"style": _names("default heading columnheader")},
    "Container": {"style": _STYLES},
    "ColumnSet": {"style": _STYLES},
    "Column": {"style": _STYLES},
    "TableRow": {"style": _STYLES},
    "TableCell": {"style": _STYLES},
    "Image": {"style": _names("default person"), "height": frozenset()},
    "Input.Text": {"style": _names("text tel url email password")},
    "Input.ChoiceSet": {"style": _names("compact expanded filtered")},
    "Action.Submit": {"style": _names("default positive destructive")},
    "Action.Execute": {"style": _names("default positive destructive")},
    "Action.OpenUrl": {"style": _names("default positive destructive")},
    "Action.ShowCard": {"style": _names("default positive destructive")},
    "Action.ToggleVisibility": {"style": _names("default positive destructive")},
}
"""Words that a property may have, in lower case, by type (empty: all types). An empty list: not checked."""

FLAGS = _names(
    "separator isVisible isRequired isMultiline isMultiSelect wrap isSubtle bleed rtl isEnabled"
) | _names("italic strikethrough underline highlight showGridLines showBorder roundedCorners")
"""Properties that are true or false."""

HELD = _names(
    """
    __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ _isParsing _propertyBag
    _rawProperties afterParse constructor expressionEvaluationContext getAdditionalPropertyDescriptors
    getAdditionalValidSchemaProperties getAttachableProperties getCodeGenOptions getCustomProperty
    getDefaultSerializationContext getKey getSchema getSchemaKey getSerializationContext getValue
    hasAllDefaultValues hasDefaultValue hasOwnProperty internalParse internalToJSON isDesignMode isParsing
    isPrototypeOf key maxVersion msTeams parse populateSchema preserveSourcePropertiesOnParse
    processApplicableProperties processImageUrl propertyChanged propertyIsEnumerable reflect resetDefaultValues
    setCustomProperty setValue shouldSerialize shouldStoreRawProperties toJSON toLocaleString toString valueOf
    """
)
"""Members that the renderer of Microsoft 365 Agents Playground 0.2.28 has on what it makes of an action's data. One of
ours with such a name takes its place: the button does nothing (`key`), or the whole page goes blank (`setValue`)."""
