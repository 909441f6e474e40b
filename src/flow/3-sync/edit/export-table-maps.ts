import type { Session } from '../../../stores/session';
import { readChosenMaps, type ChosenMaps } from './chosen-maps';
import { documentOf, type MapAsJson } from './map-document';
import { draftOf } from './map-draft';

/** The definitions of table maps as one document, as `importTableMaps` takes it. */
export async function exportTableMaps(session: Session, wanted: ChosenMaps): Promise<MapAsJson> {
  const { chosen } = await readChosenMaps(session, wanted);
  return documentOf(chosen.map((map) => ({ version: map.mapVersion, draft: draftOf(map) })));
}
