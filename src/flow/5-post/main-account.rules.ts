import { PostingType, ProjTransType } from '../../entities/finance';
import { invalid, type Refusal } from '../../kernel/refusal';
import type { PostingSetup } from './posting-setup';

/** The transaction that an account is looked for: the profile may name another one per transaction type and category. */
export interface AccountSubject {
  readonly classification: ProjTransType;
  readonly categoryId: string | null;
}

export type AccountFound = { readonly mainAccountId: string; readonly refusal?: undefined } | { readonly refusal: Refusal };

/** The main account that a posting type has for a transaction, or the refusal that names what is missing in the set-up. */
export function mainAccountFor(setup: PostingSetup, postingType: PostingType, subject: AccountSubject): AccountFound {
  const mainAccountId = setup.profileAccount(postingType, subject.classification, subject.categoryId);
  if (mainAccountId && setup.hasMainAccount(mainAccountId)) return { mainAccountId };
  const profile = `The project posting profile of ${setup.legalEntityId}`;
  if (mainAccountId) {
    return {
      refusal: invalid(
        'SETUP_MISSING',
        `${profile} names main account ${mainAccountId}, which the chart of accounts does not hold.`,
      ),
    };
  }
  const what = `${ProjTransType[subject.classification]}${subject.categoryId ? ` of category ${subject.categoryId}` : ''}`;
  return { refusal: invalid('SETUP_MISSING', `${profile} has no main account for ${PostingType[postingType]} of ${what}.`) };
}
