"""Names that a renderer holds for itself on the objects that it makes of what a button carries.

Agents Playground's own renderer puts each member of the data on such an object: with `key` among them the button does
nothing, with `setValue` the whole page goes blank. The tests ask both of Microsoft's renderers what they hold
(tests/bot/teams/test_names.py, tests/bot/playground/test_the_page_of_agents_playground.py).
"""

_NAMES = """
__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ _isParsing _propertyBag
_rawProperties afterParse constructor expressionEvaluationContext getAdditionalPropertyDescriptors
getAdditionalValidSchemaProperties getAttachableProperties getCodeGenOptions getCustomProperty
getDefaultSerializationContext getKey getSchema getSchemaKey getSerializationContext getValue
hasAllDefaultValues hasDefaultValue hasOwnProperty internalParse internalToJSON isDesignMode isParsing
isPrototypeOf key maxVersion msTeams parse populateSchema preserveSourcePropertiesOnParse
processApplicableProperties processImageUrl propertyChanged propertyIsEnumerable reflect resetDefaultValues
setCustomProperty setValue shouldSerialize shouldStoreRawProperties toJSON toLocaleString toString valueOf
"""
HELD = frozenset(_NAMES.split())
