/**
 * Reference, addresses and shipping method of an order that is in Brightpearl, each compared
 * three ways.
 */
import type { Pushed } from '../../../contracts/database.ts';
import { DISPUTED, PARTS } from './common-ground.ts';
import { addressInWords, foundAddressInWords } from './conflicts.ts';
import type { FoundOrder } from '../found.ts';
import {
	addressFacts,
	foundMarks,
	type PartMarks,
	type PartName,
} from './marks.ts';
import type { MergeRules } from './merge-rows.ts';
import { decide, type Decision } from './three-way.ts';
import type { Address, PlannedSalesOrder } from '../types.ts';

type Part = Pushed[ 'parts' ][ PartName ];

export interface MergedPart {
	readonly name: PartName;
	readonly decision: Decision;
	/** In words. */
	readonly store: string;
	readonly brightpearl: string;
	readonly after: Part;
}

/** @param marks Of the shop's order, see `partMarks`. */
export function mergeParts(
	order: PlannedSalesOrder,
	marks: PartMarks,
	ground: Pushed,
	found: FoundOrder,
	{ resolve, frozen }: MergeRules
): readonly MergedPart[] {
	const shown = foundMarks( found );
	return PARTS.map( ( name ) => {
		const before = ground.parts[ name ];
		const sides = SIDES[ name ]( order, found );
		const isOld = before.mark === DISPUTED;
		const decision = decide(
			{
				equal: sides.equal,
				pending: before.found === null,
				shopChanged: isOld || before.mark !== marks[ name ],
				staffChanged:
					isOld ||
					( before.found !== null && before.found !== shown[ name ] ),
				asked: false,
				moved: false,
			},
			resolve,
			frozen
		);
		return {
			name,
			decision,
			store: sides.store,
			brightpearl: sides.brightpearl,
			after: afterOf( decision, before, marks[ name ], shown[ name ] ),
		};
	} );
}

function afterOf(
	decision: Decision,
	before: Part,
	mark: string,
	shown: string
): Part {
	switch ( decision ) {
		case 'agreed':
		case 'yield':
			return { mark, found: shown };
		case 'write':
			return { mark, found: null };
		case 'leave':
			return { mark, found: before.found };
		case 'conflict':
		case 'blocked':
			return before;
	}
}

interface PartSides {
	readonly equal: boolean;
	readonly store: string;
	readonly brightpearl: string;
}

const SIDES: Readonly<
	Record<
		PartName,
		( order: PlannedSalesOrder, found: FoundOrder ) => PartSides
	>
> = {
	reference: ( { ref }, { reference } ) => ( {
		equal: ref === ( reference ?? '' ),
		store: ref,
		brightpearl: reference ?? '',
	} ),
	billing: ( { billing }, { addresses } ) => ( {
		equal: isSameAddress( billing, addresses.billing ),
		store: addressInWords( billing ),
		brightpearl: foundAddressInWords( addresses.billing ),
	} ),
	delivery: ( { delivery }, { addresses } ) => ( {
		equal: isSameAddress( delivery, addresses.delivery ),
		store: addressInWords( delivery ),
		brightpearl: foundAddressInWords( addresses.delivery ),
	} ),
	shippingMethod: (
		{ shippingMethodId: wanted },
		{ shippingMethodId: has }
	) => ( {
		// A method that is not mapped says nothing of Brightpearl's.
		equal: wanted === null || wanted === ( has ?? 0 ),
		store: `method ${ wanted ?? 0 }`,
		brightpearl: `method ${ has ?? 0 }`,
	} ),
};

function isSameAddress(
	address: Address,
	found: FoundOrder[ 'addresses' ][ 'billing' ]
): boolean {
	const facts = addressFacts( {
		fullName: address.fullName,
		company: address.company,
		line1: address.line1,
		line2: address.line2,
		line3: address.city,
		line4: address.state,
		postalCode: address.postcode,
		countryIso3: address.country,
		telephone: address.phone,
		email: address.email,
	} );
	const other = addressFacts( found );
	return facts.every( ( text, index ) => text === other[ index ] );
}
