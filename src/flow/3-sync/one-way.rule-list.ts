/** The rules of the one-way direction. Tests' titles begin with the id. */
export const ONE_WAY_RULES = {
  'ONEWAY-01': 'Nobody creates an invoice proposal in finance: confirming the proforma and syncing does.',
  'ONEWAY-02': 'Nobody deletes an invoice proposal in finance: revising the proforma corrects it.',
  'ONEWAY-03': 'A field of a proposal or of its lines that Dataverse owns is refused in finance, each under its own path.',
  'ONEWAY-04': 'Only the table maps’ own store inserts proposals, in the code and in the database.',
  'ONEWAY-05': 'A field of an integration journal line that Dataverse owns is refused in finance, each under its own path.',
} as const;
