using Pyrite.Tests.Catalogue;


namespace Pyrite.Tests.Autodiff;

/// <summary>What a mask leaves out has no gradient, whatever stands there: every operation of the catalogue with one element that is no
/// number.</summary>
public sealed class SilentZerosTests
{
    private const int Cases = 6;

    /// <summary>Operations whose results can stay right in one part of an entry while another part is spoilt: what a mask leaves out of them are
    /// whole entries. Eigenvalues of what is no number are refused in the forward pass.</summary>
    private static readonly string[] OfWholeEntries =
    [
        "Convolution.Conv2d", "Convolution.ConvTranspose2d", "ConvolutionByAxes.Conv1d", "ConvolutionByAxes.Conv3d",
            "ConvolutionByAxes.ConvTranspose1d", "ConvolutionByAxes.ConvTranspose3d",
        "GroupedConvolution.Conv2d", "GroupedConvolution.ConvTranspose2d", "MatrixFactors.Svd", "MatrixFactors.Qr", "MatrixFactors.SymmetricEigen",
        "CholeskyFactors.SolveTriangular", "CholeskyFactors.SolveTriangularRight",
    ];

    public static TheoryData<string> Names => [.. OperationCatalogue.All.Select(entry => entry.Name).Distinct().Except(OfWholeEntries)];

    public static TheoryData<string> EntryNames => [.. Whole.Keys];

    /// <summary>Functions of entries [2, ..] and of what they share, and the shapes of both.</summary>
    private static Dictionary<string, (Func<Tensor, Tensor, Tensor> Function, Shape Entries, Shape Shared)> Whole => new()
    {
        ["Conv1d"] = ((x, w) => x.Conv1d(w, padding: 1), [2, 2, 5], [3, 2, 3]),
        ["Conv2d"] = ((x, w) => x.Conv2d(w), [2, 1, 4, 5], [2, 1, 2, 3]),
        ["Conv3d"] = ((x, w) => x.Conv3d(w), [2, 1, 3, 3, 4], [2, 1, 2, 2, 2]),
        ["ConvTranspose1d"] = ((x, w) => x.ConvTranspose1d(w), [2, 2, 5], [2, 3, 3]),
        ["ConvTranspose2d"] = ((x, w) => x.ConvTranspose2d(w), [2, 2, 3, 4], [2, 3, 2, 2]),
        ["ConvTranspose3d"] = ((x, w) => x.ConvTranspose3d(w), [2, 1, 3, 3, 4], [1, 2, 2, 2, 2]),
        ["Svd"] = ((x, w) => (x * w).Svd().Values.Sum(-1), [2, 3, 2], [3, 2]),
        ["Qr"] = ((x, w) => (x * w).Qr().R.Sum(-1), [2, 3, 2], [3, 2]),
        ["SolveTriangular"] = ((x, w) => (x * w).SolveTriangular(w), [2, 3, 3], [3, 3]),
        ["SolveTriangularRight"] = ((x, w) => (x * w).SolveTriangularRight(w), [2, 3, 3], [3, 3]),
        ["Right side of SolveTriangular"] = ((x, w) => w.SolveTriangular(x.Transpose()).Transpose(), [2, 3], [3, 3]),
        ["Right side of Solve"] = ((x, w) => w.Solve(x.Transpose()).Transpose(), [2, 3], [3, 3]),
        ["Right side of CholeskySolve"] = ((x, w) => w.CholeskySolve(x.Transpose()).Transpose(), [2, 3], [3, 3]),
        ["Linear"] = ((x, w) => x.Linear(w).Tanh(), [2, 3], [4, 3]),
        ["Custom"] =
            ((x, w) => CustomGradient.Apply(p => p[0] * p[1], (p, _, upstream) => [upstream * p[1], upstream * p[0]], x[0], w).Unsqueeze(0), [2, 3],
                [3]),
    };

    [Theory, MemberData(nameof(EntryNames))]
    public void Entries_that_a_mask_leaves_out_reach_nothing_that_the_others_share(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Func<Tensor, Tensor, Tensor> function, Shape entries, Shape shared) = Whole[name];
        Tensor x = RandomKey.FromSeed(1).Normal(entries, DType.Float64), w = RandomKey.FromSeed(2).Normal(shared, DType.Float64) + 1.5;
        Tensor isFirst = Tensor.From([true, false]).Reshape([2, .. Enumerable.Repeat(1, entries.Rank - 1)]);
        (double[] own, double[] common) = Of(x);
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
        {
            (double[] spoiltOwn, double[] spoiltCommon) = Of(Tensor.Where(isFirst, bad, x));
            Assert.Equal(own, spoiltOwn);
            Assert.Equal(common, spoiltCommon);
        }
        Assert.All(own.Take(own.Length / 2), slope => Assert.Equal(0, slope));

        (double[], double[]) Of(Tensor point)
        {
            Tensor[] variables = [point.AsVariable(), w.AsVariable()];
            Tensor result = function(variables[0], variables[1]);
            Tensor counts =
                result.Shape[0] == 2 ? (!isFirst).Reshape([2, .. Enumerable.Repeat(1, result.Rank - 1)]) : Tensor.From([false]).Reshape(1, 1);
            Tensor[] gradients = Gradient.Of(WhereOperation.Masked(counts, result).Square().Sum(), variables);
            return (gradients[0].ToArray<double>(), gradients[1].ToArray<double>());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Results_that_a_mask_leaves_out_leave_the_gradients_as_they_are_without_them(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        foreach (CatalogueEntry entry in OperationCatalogue.All.Where(entry => entry.Name == name))
        {
            for (ulong seed = 1; seed <= Cases; seed++)
            {
                CatalogueCase drawn = entry.Make(new Draw(seed, largest: 4));
                for (int point = 0; point < drawn.Points.Length; point++)
                {
                    foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
                    {
                        Check(entry, drawn, point, bad);
                    }
                }
            }
        }
    }

    [Fact]
    public void An_entry_that_counts_keeps_its_bad_gradient_beside_one_that_does_not()
    {
        Tensor x = Tensor.From([double.NaN, double.NaN, 2.0]);
        Tensor mask = Tensor.From([false, true, true]);
        Assert.Equal(double.NaN, Gradient.Of(m => WhereOperation.Masked(mask, (m * x).Square()).Sum(), 1.0).Item());
        Assert.Equal([0, double.PositiveInfinity, 0.25],
            Gradient.Of(v => WhereOperation.Masked(mask, v.Sqrt()).Sum(), Tensor.From([0.0, 0.0, 4.0])).ToArray<double>());
    }

    [Fact]
    public void Rows_of_a_product_that_do_not_count_reach_no_weight()
    {
        // d/dw of Σ over kept rows of x w is the sum of these rows.
        Tensor x = Tensor.From([double.NaN, 1, 2, 3, double.PositiveInfinity, 5], [3, 2]);
        Tensor mask = Tensor.From([false, true, false]);
        Tensor gradient = Gradient.Of(w => WhereOperation.Masked(mask, x.MatMul(w).Squeeze(-1)).Sum(), Tensor.From([1.0, 1.0], [2, 1]));
        Assert.Equal([2, 3], gradient.ToArray<double>());

        // Of the square of a kept row's product the second derivatives are 2 x xᵀ.
        Tensor second = Derivatives.Hessian(
            w => WhereOperation.Masked(mask, x.MatMul(w.Unsqueeze(-1)).Squeeze(-1).Square()).Sum(), Tensor.From([1.0, 1.0]));
        Assert.Equal([8, 12, 12, 18], second.ToArray<double>());
    }

    private static void Check(CatalogueEntry entry, CatalogueCase drawn, int point, double bad)
    {
        if (drawn.Points[point].Count == 0 || !drawn.Points[point].DType.IsFloatingPoint)
        {
            return;
        }
        Tensor[] spoiled = [.. drawn.Points];
        double[] elements = spoiled[point].ToArray<double>();
        elements[0] = bad;
        spoiled[point] = Tensor.From(elements, spoiled[point].Shape);
        Tensor clean = drawn.Function(drawn.Points), found;
        try
        {
            found = drawn.Function(spoiled);
        }
        catch (ArgumentException)
        {
            return;   // factors of what is not positive definite are refused before there is a result
        }
        Tensor counts = found.IsFinite();
        if (!Tensor.Where(counts, found.EqualTo(clean).To(DType.Float64), 1).EqualTo(1).All())
        {
            return;   // a finite result of what is no number
        }
        Tensor weights = RandomKey.FromSeed(1).Normal(clean.Shape, DType.Float64);
        Tensor[] want = Gradients(drawn.Function, drawn.Points, counts, weights), have = Gradients(drawn.Function, spoiled, counts, weights);
        for (int i = 0; i < want.Length; i++)
        {
            double[] wanted = want[i].ToArray<double>(), got = have[i].ToArray<double>();
            for (int k = 0; k < got.Length; k++)
            {
                Assert.True(Math.Abs(got[k] - wanted[k]) <= 1e-9 * Math.Max(1, Math.Abs(wanted[k])),
                    $"{entry.Name} at {drawn} with {bad} in point {point}: the gradient of point {i} at {k} is {got[k]}, without it {wanted[k]}");
            }
        }
    }

    private static Tensor[] Gradients(Func<Tensor[], Tensor> function, Tensor[] points, Tensor counts, Tensor weights)
    {
        Tensor[] variables = [.. points.Select(point => point.AsVariable())];
        return Gradient.Of((WhereOperation.Masked(counts, function(variables)) * weights).Sum(), variables);
    }
}
