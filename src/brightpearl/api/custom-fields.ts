/**
 * Custom fields of orders, contacts and products.
 */
import type { Result } from '../../contracts/result.ts';

/** Whose fields: sales orders and credits, customers, products. */
export type FieldOwner = 'order' | 'contact' | 'product';

export interface CustomFieldDefinition {
	/** `PCF_…` */
	readonly code: string;
	readonly name: string;
	/** Such as TEXT, TEXT_AREA, INTEGER, DATE, BOOLEAN, SELECT. */
	readonly type: string;
	readonly required: boolean;
	/** Of a SELECT: its choices. */
	readonly options: readonly {
		readonly id: number;
		readonly value: string;
	}[];
}

/** What a field holds; of a SELECT both the choice's id and its text. */
export type CustomFieldValue =
	| string
	| number
	| boolean
	| { readonly id: number; readonly value: string | null };

/** What a field is to hold: null = nothing, `{ id }` = a choice of a SELECT. */
export type CustomFieldChange =
	string | number | boolean | { readonly id: number } | null;

export interface CustomFieldsApi {
	customFieldDefinitions(
		owner: FieldOwner,
		fresh?: boolean
	): Promise< Result< readonly CustomFieldDefinition[] > >;
	orderCustomFields(
		orderId: number
	): Promise< Result< Readonly< Record< string, CustomFieldValue > > > >;
	/**
	 * Code → value. Edits may not move the order's `updatedOn` (resources reference, §1.9); what is
	 * as wanted already is not written.
	 */
	patchOrderCustomFields(
		orderId: number,
		changes: Readonly< Record< string, CustomFieldChange > >
	): Promise< Result< void > >;
	contactCustomFields(
		contactId: number
	): Promise< Result< Readonly< Record< string, CustomFieldValue > > > >;
	patchContactCustomFields(
		contactId: number,
		changes: Readonly< Record< string, CustomFieldChange > >
	): Promise< Result< void > >;
}
