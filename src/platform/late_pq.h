/* late_pq.h - libpq: loaded when the database is PostgreSQL (late.h). */
#ifndef MAILLAGE_LATE_PQ_H
#define MAILLAGE_LATE_PQ_H

#include <libpq-fe.h>

#include "platform/late.h"

/* clang-format off */
#define LATE_PQ(X) \
	X(PQclear) X(PQcmdStatus) X(PQcmdTuples) X(PQconnectdbParams) X(PQdescribePrepared) \
	X(PQerrorMessage) X(PQexec) X(PQexecParams) X(PQexecPrepared) X(PQfinish) X(PQfname) X(PQftype) \
	X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQnfields) X(PQnparams) X(PQntuples) X(PQprepare) \
	X(PQresultErrorField) X(PQresultErrorMessage) X(PQresultStatus) X(PQsetNoticeReceiver) X(PQstatus) \
	X(PQtransactionStatus)
/* clang-format on */

struct late_pq {
#define X(name) typeof(name) *name##_;
	LATE_PQ(X)
#undef X
};

extern struct late_pq late_pq; /* empty until late_pq_load() said true */

#define PQclear late_pq.PQclear_
#define PQcmdStatus late_pq.PQcmdStatus_
#define PQcmdTuples late_pq.PQcmdTuples_
#define PQconnectdbParams late_pq.PQconnectdbParams_
#define PQdescribePrepared late_pq.PQdescribePrepared_
#define PQerrorMessage late_pq.PQerrorMessage_
#define PQexec late_pq.PQexec_
#define PQexecParams late_pq.PQexecParams_
#define PQexecPrepared late_pq.PQexecPrepared_
#define PQfinish late_pq.PQfinish_
#define PQfname late_pq.PQfname_
#define PQftype late_pq.PQftype_
#define PQgetisnull late_pq.PQgetisnull_
#define PQgetlength late_pq.PQgetlength_
#define PQgetvalue late_pq.PQgetvalue_
#define PQnfields late_pq.PQnfields_
#define PQnparams late_pq.PQnparams_
#define PQntuples late_pq.PQntuples_
#define PQprepare late_pq.PQprepare_
#define PQresultErrorField late_pq.PQresultErrorField_
#define PQresultErrorMessage late_pq.PQresultErrorMessage_
#define PQresultStatus late_pq.PQresultStatus_
#define PQsetNoticeReceiver late_pq.PQsetNoticeReceiver_
#define PQstatus late_pq.PQstatus_
#define PQtransactionStatus late_pq.PQtransactionStatus_

#endif
