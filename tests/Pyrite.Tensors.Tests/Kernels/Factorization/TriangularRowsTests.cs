using Pyrite.Kernels.Factorization;
using Pyrite.Testing;

namespace Pyrite.Tests.Kernels;

public class TriangularRowsTests
{
    public static TheoryData<int, int> Sizes
    {
        get
        {
            TheoryData<int, int> sizes = [];
            foreach (int n in (int[])[1, 2, 7, 8, 9, 16, 33, 64])
            {
                foreach (int rows in (int[])[1, 8, 15, 16, 24, 25, 48, 49, 401])
                {
                    sizes.Add(n, rows);
                }
            }
            return sizes;
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Rows_are_solved_as_by_substitution(int n, int rows)
    {
        double[] triangle = Triangle(n);
        double[] right = Numbers(n * rows, 2);
        foreach ((bool transpose, bool isLower) in new[] { (false, true), (true, false), (false, false), (true, true) })
        {
            double[] solved = [.. right];
            TriangularRows.Solve(n, triangle, transpose, isLower, solved);
            Close.Assert(solved, Substituted(n, triangle, transpose, isLower, right), 1e-12, 1e-12, $"transposed {transpose}, lower {isLower}");

            float[] single = [.. right.Select(x => (float)x)];
            TriangularRows.Solve<float>(n, [.. triangle.Select(x => (float)x)], transpose, isLower, single);
            Close.Assert(single, [.. solved.Select(x => (float)x)], 1e-4, 1e-5, "Float32");
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Columns_are_solved_as_rows_are(int n, int columns)
    {
        double[] triangle = Triangle(n);
        double[] rows = Numbers(n * columns, 3);
        double[] right = new double[n * columns];
        for (int i = 0; i < right.Length; i++)
        {
            right[i] = rows[(i % columns * n) + (i / columns)];
        }
        foreach ((bool transpose, bool isLower) in new[] { (false, true), (true, false), (false, false), (true, true) })
        {
            double[] solved = [.. right];
            TriangularSolve.Run(n, columns, triangle, transpose, isLower, false, solved);
            double[] expected = Substituted(n, triangle, transpose, isLower, rows);
            Close.Assert(solved, [.. Enumerable.Range(0, right.Length).Select(i => expected[(i % columns * n) + (i / columns)])], 1e-12, 1e-12,
                "columns");
        }
    }

    [Fact]
    public void A_unit_diagonal_is_not_read()
    {
        double[] triangle = Triangle(20);
        double[] right = Numbers(20 * 30, 4);
        double[] expected = [.. right];
        double[] unit = [.. triangle];
        for (int i = 0; i < 20; i++)
        {
            (triangle[i * 21], unit[i * 21]) = (double.NaN, 1);
        }
        TriangularSolve.Run(20, 30, unit, false, true, false, expected);
        TriangularSolve.Run(20, 30, triangle, false, true, true, right);

        Assert.Equal(expected, right);
    }

    [Theory, InlineData(1), InlineData(9), InlineData(64)]
    public void Squared_lengths_are_those_of_the_shifted_solutions_and_depend_on_the_row_alone(int n)
    {
        const int rows = 900;
        double[] triangle = Triangle(n), values = Numbers(n * rows, 5), shift = Numbers(n, 6);
        double[] solved = Substituted(n, triangle, false, true, [.. values.Select((x, i) => x - shift[i % n])]);
        double[] squares = new double[rows];
        TriangularRows.SquaredLengths(n, triangle, values, shift, squares);

        Close.Assert(squares, [.. Enumerable.Range(0, rows).Select(r => solved[(r * n)..((r + 1) * n)].Sum(x => x * x))], 1e-12, 1e-12, "squares");
        foreach ((int first, int count) in new[] { (0, 1), (3, 20), (17, 48), (30, 801) })
        {
            double[] part = new double[count];
            TriangularRows.SquaredLengths(n, triangle, values.AsSpan(first * n, count * n), shift, part);
            Assert.Equal(squares[first..(first + count)], part);
        }
    }

    private static double[] Substituted(int n, double[] a, bool transpose, bool isLower, double[] rows)
    {
        double[] x = [.. rows];
        for (int start = 0; start < x.Length; start += n)
        {
            for (int step = 0; step < n; step++)
            {
                int i = isLower ? step : n - 1 - step;
                for (int k = isLower ? 0 : i + 1; k < (isLower ? i : n); k++)
                {
                    x[start + i] -= (transpose ? a[(k * n) + i] : a[(i * n) + k]) * x[start + k];
                }
                x[start + i] /= a[(i * n) + i];
            }
        }
        return x;
    }

    /// <summary>A full matrix, so that a kernel that reads the wrong triangle is found out; its diagonal dominates.</summary>
    private static double[] Triangle(int n)
    {
        double[] a = Numbers(n * n, 1);
        for (int i = 0; i < n; i++)
        {
            a[i * (n + 1)] += i % 2 == 0 ? n + 2 : -n - 2;
        }
        return a;
    }

    private static double[] Numbers(int count, long seed)
    {
        double[] numbers = new double[count];
        RandomKey.FromSeed(8).Child(seed).FillNormal(numbers);
        return numbers;
    }
}
