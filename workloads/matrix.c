/* matrix.c - does virtual memory at user level slow down a program that does not use it? (Table 9; docs/method.md)
 *
 * The plain three loops over 150 x 150 matrices of 32-bit integers: 3.375 million multiplications and additions, one multiplication a run.
 */

#include <port.h>
#include <random.h>
#include <workload.h>

EXPERIMENT("matrix", "Table 9", "Matrix multiplication, 150 x 150 integers");
OPERATION("matrix150", "one multiplication of two matrices, naive");

enum { N = 150, SAMPLES = 3, SMALL = 1000 };

static int32_t a[N][N], b[N][N], product[N][N];

void
multiply(void)
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int32_t sum = 0;
            for (int k = 0; k < N; k++)
                sum += a[i][k] * b[k][j];
            product[i][j] = sum;
        }
}

REGION(matrix150, "", "", "call multiply", "");

static void
fill(void)
{
    uint32_t state = RANDOM_SEED;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = random_below(&state, SMALL);
            b[i][j] = random_below(&state, SMALL);
        }
}

/* (AB)x = A(Bx) for x = (1, 2, ..., N), modulo 2^32: another way to the same numbers. */
static bool
product_is_right(void)
{
    uint32_t bx[N], wrong = 0;
    for (int i = 0; i < N; i++) {
        bx[i] = 0;
        for (int j = 0; j < N; j++)
            bx[i] += (uint32_t)b[i][j] * (j + 1);
    }
    for (int i = 0; i < N; i++) {
        uint32_t abx = 0, productx = 0;
        for (int j = 0; j < N; j++) {
            abx += a[i][j] * bx[j];
            productx += (uint32_t)product[i][j] * (j + 1);
        }
        wrong |= abx ^ productx;
    }
    return wrong == 0;
}

int
main(void)
{
    workload_begin("matrix");
    fill();
    measure_some("matrix150", &matrix150, SAMPLES);
    if (!product_is_right())
        fail("matrix150", "the product is wrong");
    return workload_end();
}
