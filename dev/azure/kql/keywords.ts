/** Kusto.Language: words that are no names, unless in brackets, which this subset does not take. */
const keywords = new Set(
  `
  accumulate and anomalychart areachart as asc bagexpansion barchart between boolean by
  byte cachingpolicy callout cancel card char columnchart contains contains_cs containscs
  cycles dataexport datascope datatable date datetime decimal decodeblocks desc double
  dynamic earliest encodingpolicy endswith endswith_cs expandoutput extent_tags_retention
  external_data externaldata find first flags float force_remote harddelete hardretention
  has has_all has_any has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs hotcache in int
  int16 int32 int64 int8 invoke isfuzzy journal ladderchart last latest like likecs
  linechart long materialize mdm missing nooptimization notcontains notcontainscs notlike
  notlikecs of or others pathformat piechart pivotchart print project queries query_results
  real relaxed restricted_view_access row_level_security rowstore rowstore_references
  rowstore_sealinfo rowstorepolicy rowstores sample scatterchart seal seals search set
  shards simple softdelete softretention sql stackedareachart startswith startswith_cs
  statistics storedqueryresultcontainers string tablepurge time timechart timeline
  timepivot timespan title to toscalar totable treemap uint uint16 uint32 uint64 uint8
  ulong union uniqueid unrestrictedviewers verbose viewers views where with_itemindex
  with_match_id with_step_name writeaheadlog
`
    .trim()
    .split(/\s+/),
);

/** No names of new columns either. */
const makers = new Set(["kind", "with_source", "withsource"]);

export function isName(text: string): boolean {
  return /^\w+$/.test(text) && !text.startsWith("__") && !keywords.has(text);
}

export function isNewName(text: string): boolean {
  return isName(text) && !makers.has(text) && text !== "true" && text !== "false";
}
