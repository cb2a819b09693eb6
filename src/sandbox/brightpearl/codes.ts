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
	subscription: 'INTC-064',
	orderId: 'ORDC-003',
	noOrderType: 'ORDC-005',
	orderType: 'ORDC-006',
	supplier: 'ORDC-022',
	purchasedBundle: 'ORDC-023',
	rowProduct: 'ORDC-026',
	productId: 'WHSC-014',
	patchMissing: 'CMNC-038',
	brandId: 'PRDC-014',
	brandName: 'PRDC-024',
} as const;

export const INVENTED = {
	searchParameter: 'CMNC-901',
	tooManyIds: 'CMNC-902',
	unknownField: 'CMNC-903',
	badField: 'CMNC-904',
	badDate: 'CMNC-905',
	badPatchValue: 'CMNC-906',
	batch: 'CMNC-907',
	forbidden: 'CMNC-908',
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
	staleOrder: 'ORDC-913',
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
	staleVersion: 'WHSC-908',
	unknownSupplier: 'WHSC-909',
	badEvent: 'WHSC-910',
	productField: 'PRDC-901',
	priceList: 'PRDC-902',
	productVersion: 'PRDC-903',
	primaryAddress: 'CNTC-906',
	unknownAddress: 'CNTC-907',
	staffCredentials: 'GWYC-901',
	paymentDuplicate: 'ACCC-901',
	paymentCurrency: 'ACCC-902',
	paymentAmount: 'ACCC-903',
	closedPeriod: 'ACCC-904',
	exchangeRate: 'ACCC-905',
	invoice: 'ACCC-906',
	paymentJournal: 'ACCC-907',
} as const;

/** The one text for a resource that is not there (platform reference, §5.4). */
export const notFound = ( message: string ): Problem =>
	problem( DOCUMENTED.notFound, message );
