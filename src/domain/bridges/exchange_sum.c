#include "bridges/exchange_sum.h"

#include "base/civil.h"
#include "bridges/exchange_sum_sql.h"

rc exchange_sum_fact(struct ctx *c, row_id fact, day on)
{
	day month = month_start(on);
	return exchange_sum_add(c, fact, month, (day){ month_add(month, 1).v - 1 }, NULL);
}

rc exchange_sums(struct ctx *c, convention_id convention, community_id me, day today, day cut,
		 struct exchange_part_list *out)
{
	day month = month_start(today), other = month_start(cut), next = month_add(other, 1);
	if (other.v >= month.v)
		other = next = month;
	return exchange_parts(c, convention, me, today, month, other, next, out);
}

rc exchange_sums_verify(struct ctx *c, const char **broken)
{
	struct exchange_sum_errors_row_list l;
	TRY(exchange_sum_errors(c, &l));
	*broken = l.n ? fmt(c, "sum of a %s", l.items[0].what) : NULL;
	return OK;
}
