/**
 * Error codes. `DOCUMENTED` are named by the references (platform reference, §4.3; resources
 * reference, §1.6, §4.4). `INVENTED` are ours: the refusal is right, its code and text are not known.
 */
export interface Problem {
	readonly code: string;
	readonly message: string;
}

export const problem = ( code: string, message: string ): Problem => ( {
	code,
	message,
} );

export const DOCUMENTED = {
	notFound: 'CMNC-404',
	idSet: 'CMNC-006',
	notJson: 'CMNC-010',
	filter: 'CMNC-018',
	patchPath: 'CMNC-043',
	patchOperation: 'CMNC-044',
	unexpected: 'CMNU-003',
	orderId: 'ORDC-003',
	rowProduct: 'ORDC-026',
	productId: 'WHSC-014',
} as const;

export const INVENTED = {
	searchParameter: 'CMNC-901',
	tooManyIds: 'CMNC-902',
	unknownField: 'CMNC-903',
	badField: 'CMNC-904',
	badDate: 'CMNC-905',
	badPatchValue: 'CMNC-906',
	duplicateOrder: 'ORDC-901',
	orderReference: 'ORDC-902',
	unknownProduct: 'ORDC-903',
	unknownTaxCode: 'ORDC-904',
	badQuantity: 'ORDC-905',
	badCurrency: 'ORDC-906',
	unknownCountry: 'ORDC-907',
	unknownNominal: 'ORDC-908',
	statusRefused: 'ORDC-909',
	orderLocked: 'ORDC-910',
	unknownRow: 'ORDC-911',
	instance: 'ORDC-912',
	unknownContact: 'CNTC-901',
	name: 'CNTC-902',
	addressTaken: 'CNTC-903',
	postalCountry: 'CNTC-904',
	email: 'CNTC-905',
	reserved: 'WHSC-901',
	nothingAvailable: 'WHSC-902',
	notStock: 'WHSC-903',
	unknownWarehouse: 'WHSC-904',
	notEnough: 'WHSC-905',
	shipped: 'WHSC-906',
	badIds: 'WHSC-907',
	paymentDuplicate: 'ACCC-901',
	paymentCurrency: 'ACCC-902',
	paymentAmount: 'ACCC-903',
} as const;

/** The one text for a resource that is not there (platform reference, §5.4). */
export const notFound = ( message: string ): Problem =>
	problem( DOCUMENTED.notFound, message );
