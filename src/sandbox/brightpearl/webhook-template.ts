/**
 * Template variables (platform reference, §6.2): the text the subscriber wrote, filled in as it
 * stands, without any escaping.
 */
import { packIds } from './id-set.ts';
import type { ResourceChange } from './model.ts';
import { fullEventOf } from './webhook-events.ts';

export type Variables = Readonly< Record< string, string > >;

const VARIABLE = /\$\{[a-z-]+\}/g;

export const fill = ( template: string, variables: Variables ): string =>
	template.replace( VARIABLE, ( name ) => variables[ name ] ?? name );

export const variablesOf = (
	change: Omit< ResourceChange, 'type' | 'id' >,
	resourceId: string,
	raisedAt: number,
	version: string
): Variables => ( {
	'${account-code}': change.account,
	'${resource-type}': change.resourceType,
	'${resource-id}': resourceId,
	'${lifecycle-event}': change.lifecycle,
	'${resource-specifier}': change.specifier ?? '',
	'${full-event}': fullEventOf( change ),
	'${raised-on}': new Date( raisedAt ).toISOString(),
	'${brightpearl-version}': version,
} );

/** How many ids one call carries at most: no source. */
const LARGEST_SET = 200;

/** What stands for `${resource-id}`, one text for each call. */
export const resourceIds = (
	ids: readonly number[],
	idSetAccepted: boolean
): string[] =>
	idSetAccepted
		? packIds(
				[ ...new Set( ids ) ].sort( ( a, b ) => a - b ),
				LARGEST_SET
			)
		: ids.map( String );
