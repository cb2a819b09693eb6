/**
 * Addresses and the contact as they are planned for Brightpearl.
 */
export interface Address {
	readonly fullName: string;
	readonly company: string;
	readonly line1: string;
	readonly line2: string;
	readonly city: string;
	readonly state: string;
	readonly postcode: string;
	/** ISO-3166 alpha-3, or '' */
	readonly country: string;
	readonly phone: string;
	readonly email: string;
}

export interface PlannedContact {
	readonly email: string;
	/** ≤ 32 characters each, neither empty. */
	readonly firstName: string;
	readonly lastName: string;
	readonly company: string;
	readonly phone: string;
	readonly address: Address;
}
