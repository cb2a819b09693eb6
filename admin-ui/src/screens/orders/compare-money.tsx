import { __, sprintf } from '@wordpress/i18n';
import type {
	Order,
	OrderComparison,
} from '../../../../src/contracts/answers.ts';
import { Money, Time } from '../../components/index.ts';
import { dueText, paidAndDue } from './paid-and-due.ts';
import { paymentKindText } from './payment-kind.ts';
import { creditText, deletedRefunds, deletedText } from './refund-text.ts';

/** Payments and refunds of both sides. */
export function CompareMoney( {
	comparison,
	order,
}: {
	readonly comparison: OrderComparison;
	readonly order: Order;
} ) {
	const { store, brightpearl } = comparison;
	const credits = order.brightpearl?.credits ?? [];
	const anyRefund = ( store?.refunds.length ?? 0 ) + credits.length > 0;
	const deleted = deletedRefunds( store, credits );
	const money = paidAndDue( comparison );
	const due = money === null ? null : dueText( money );
	return (
		<table className="pb-sides pb-sides--money">
			<caption className="pb-hidden">
				{ __( 'Payments and refunds', 'pearlbridge' ) }
			</caption>
			<colgroup>
				<col className="pb-sides__names" />
				<col />
				<col />
			</colgroup>
			<thead className="pb-hidden">
				<tr>
					<td />
					<th scope="col">{ __( 'Shop', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Brightpearl', 'pearlbridge' ) }</th>
				</tr>
			</thead>
			<tbody>
				<tr>
					<th scope="row">{ __( 'Payments', 'pearlbridge' ) }</th>
					<td data-side={ __( 'Shop', 'pearlbridge' ) }>
						{ store !== null && (
							<>
								<div>{ store.paymentMethod }</div>
								<div className="pb-muted">
									{ store.paidAt === null ? (
										__( 'not paid', 'pearlbridge' )
									) : (
										<>
											{ __( 'paid', 'pearlbridge' ) }{ ' ' }
											<Time at={ store.paidAt } exact />
										</>
									) }
								</div>
							</>
						) }
					</td>
					<td>
						{ brightpearl !== null &&
							( brightpearl.payments.length === 0 ? (
								<span className="pb-muted">
									{ __( 'none', 'pearlbridge' ) }
								</span>
							) : (
								<ul className="pb-sides__list">
									{ brightpearl.payments.map( ( payment ) => (
										<li key={ payment.paymentId }>
											<Money
												amount={ payment.amount }
												currency={ payment.currency }
											/>{ ' ' }
											<span className="pb-muted">
												{ paymentText( payment ) }
											</span>
										</li>
									) ) }
								</ul>
							) ) }
					</td>
				</tr>
				{ anyRefund && (
					<tr>
						<th scope="row">{ __( 'Refunds', 'pearlbridge' ) }</th>
						<td>
							<ul className="pb-sides__list">
								{ store?.refunds.map( ( refund ) => (
									<li key={ refund.id }>
										<Money
											amount={ refund.total }
											currency={ store.currency }
										/>{ ' ' }
										<span className="pb-muted">
											{ sprintf(
												/* translators: %s: id of a refund */
												__(
													'refund %s',
													'pearlbridge'
												),
												String( refund.id )
											) }
											{ refund.reason !== '' &&
												` · ${ refund.reason }` }
										</span>
									</li>
								) ) }
								{ deleted.map( ( refundId ) => (
									<li key={ refundId } className="pb-muted">
										{ deletedText( refundId ) }
									</li>
								) ) }
							</ul>
						</td>
						<td>
							{ credits.length === 0 ? (
								<span className="pb-muted">
									{ __(
										'no credit made by Pearlbridge',
										'pearlbridge'
									) }
								</span>
							) : (
								<ul className="pb-sides__list">
									{ credits.map( ( credit ) => (
										<li key={ credit.salesCreditId }>
											<Money
												amount={ credit.total }
												currency={ order.currency }
											/>{ ' ' }
											<span className="pb-muted">
												{ creditText(
													credit,
													deleted
												) }
											</span>
										</li>
									) ) }
								</ul>
							) }
						</td>
					</tr>
				) }
				{ due !== null && (
					<tr>
						<th scope="row">
							{ __( 'Paid and due', 'pearlbridge' ) }
						</th>
						<td colSpan={ 2 }>{ due }</td>
					</tr>
				) }
			</tbody>
		</table>
	);
}

type Payment = NonNullable<
	OrderComparison[ 'brightpearl' ]
>[ 'payments' ][ number ];

function paymentText( payment: Payment ): string {
	const { methodCode, transactionRef } = payment;
	return [ paymentKindText( payment ), methodCode, transactionRef ?? '' ]
		.filter( ( text ) => text !== '' )
		.join( ' · ' );
}
