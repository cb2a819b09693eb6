/**
 * An address as an order holds it: with the person's name, company and phone.
 */
export interface Address {
	addressFullName: string;
	companyName: string;
	/** Street, suburb, city, state. */
	addressLine1: string;
	addressLine2: string;
	addressLine3: string;
	addressLine4: string;
	postalCode: string;
	/** ISO-3166 alpha-3; null = none given. */
	country: string | null;
	telephone: string;
	mobileTelephone: string;
	fax: string;
	email: string;
}
