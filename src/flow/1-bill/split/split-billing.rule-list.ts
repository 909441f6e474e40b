/** The rules of split billing, one sentence each (domain facts 1.9). */
export const SPLIT_RULES = {
  'SPLIT-01':
    "A contract line is shared by its own customers, else by the customers of the whole contract, else the contract's customer pays all of it.",
  'SPLIT-02': 'The percentages of those who share a line sum to 100; a line for which they do not makes neither unbilled sales nor milestones.',
  'SPLIT-03':
    'Each customer gets an unbilled actual with a share of quantity and amount; the parts sum to the whole to the last digit and the last cent.',
  'SPLIT-04': 'Each customer gets a milestone with a share of amount and tax; the parts sum to the whole.',
  'SPLIT-05': 'The cost of shared work is one actual, connected with the unbilled actual of every customer.',
  'SPLIT-06': 'Each customer of a shared line gets a proforma, an invoice proposal with one funding source, and a customer invoice of its own.',
  'SPLIT-07':
    "The milestones of a fixed-price line sum to the line's contracted amount at the most; what is missing shows as the line's remaining milestone amount.",
  'SPLIT-08': 'A milestone is on a fixed-price line, above zero, with no more decimals than its currency.',
} as const;
