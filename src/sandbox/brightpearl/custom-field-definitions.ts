/**
 * The custom fields of every account: one of each type for what can have them.
 */
export type CustomFieldType =
	'TEXT' | 'TEXT_AREA' | 'INTEGER' | 'DATE' | 'YES_NO' | 'SELECT';

export interface CustomField {
	readonly id: number;
	readonly code: string;
	readonly name: string;
	/** `SELECT` is recorded; the other names are guesses. */
	readonly type: CustomFieldType;
	/** Of a list: option id → text. */
	readonly options: Readonly< Record< number, string > >;
}

const field = (
	id: number,
	code: string,
	name: string,
	type: CustomFieldType,
	options: Readonly< Record< number, string > > = {}
): CustomField => ( { id, code: `PCF_${ code }`, name, type, options } );

export const CUSTOM_FIELDS = {
	product: [
		field( 101, 'MATERIAL', 'Material', 'TEXT' ),
		field( 102, 'FINISH', 'Finish', 'SELECT', {
			110: 'Oiled',
			111: 'Painted',
			112: 'Raw',
		} ),
		field( 103, 'WARRANTY', 'Warranty, months', 'INTEGER' ),
		field( 104, 'LAUNCH', 'Launch', 'DATE' ),
		field( 105, 'FRAGILE', 'Fragile', 'YES_NO' ),
	],
	customer: [
		field( 121, 'SEGMENT', 'Segment', 'SELECT', {
			125: 'Trade',
			126: 'Private',
		} ),
		field( 122, 'REMARK', 'Remark', 'TEXT_AREA' ),
		field( 123, 'VISITS', 'Visits', 'INTEGER' ),
	],
	supplier: [ field( 131, 'RATING', 'Rating', 'INTEGER' ) ],
	sale: [
		field( 141, 'TEAM', 'Team', 'TEXT' ),
		field( 142, 'SOURCE', 'Source', 'SELECT', {
			160: 'Web',
			161: 'Fair',
			162: 'Phone',
		} ),
		field( 143, 'PARCELS', 'Parcels', 'INTEGER' ),
		field( 144, 'SHIPON', 'Ship on', 'DATE' ),
		field( 145, 'GIFT', 'Gift', 'YES_NO' ),
	],
	purchase: [ field( 151, 'BUYER', 'Buyer', 'TEXT' ) ],
} as const satisfies Record< string, readonly CustomField[] >;
