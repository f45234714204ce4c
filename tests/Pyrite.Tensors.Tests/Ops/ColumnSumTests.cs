using Pyrite.Testing;

namespace Pyrite.Tests.Ops;

/// <summary>log Σ eˣ over an axis with many columns behind it: computed column by column in vectors.</summary>
public sealed class ColumnSumTests
{
    [Theory]
    [InlineData(1, 5, 300, DType.Float64, 1e-14)]
    [InlineData(3, 2, 257, DType.Float64, 1e-14)]
    [InlineData(2, 7, 5_003, DType.Float64, 1e-14)]
    [InlineData(2, 4, 1_001, DType.Float32, 1e-6)]
    public void Columns_have_the_sums_of_their_lanes(int outer, int length, int inner, DType type, double tolerance)
    {
        Tensor x = (RandomKey.FromSeed(1).Normal([outer, length, inner], DType.Float64) * 4).To(type);

        Tensor columns = x.LogSumExp(1), lanes = x.Permute(0, 2, 1).LogSumExpOverLast();

        Close.Assert(columns.To(DType.Float64).ToArray<double>(), lanes.To(DType.Float64).ToArray<double>(), tolerance, tolerance, "columns");
        Assert.Equal([outer, 1, inner], x.LogSumExp(1, keepDimensions: true).Shape);
    }

    [Fact]
    public void Infinite_and_missing_numbers_are_those_of_a_lane()
    {
        double[] x = new double[3 * 300];
        x[0] = x[300] = x[600] = double.NegativeInfinity;
        x[1] = double.PositiveInfinity;
        x[302] = double.NaN;
        x[603] = double.NegativeInfinity;
        Tensor given = Tensor.From<double>(x, [3, 300]).AsVariable();

        Tensor sum = given.LogSumExp(0);
        double[] found = sum.ToArray<double>();
        double[] slopes = Gradient.Of(sum.Take(Tensor.From<long>([0, 3, 299])).Exp().Sum(), [given])[0].ToArray<double>();

        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity, double.NaN], found[..3]);
        Assert.Equal(Math.Log(2), found[3], 1e-15);
        Assert.Equal(Math.Log(3), found[299], 1e-15);
        Assert.Equal([0, 0, 0], [slopes[0], slopes[300], slopes[600]]);
        Assert.Equal([1, 1, 0], new[] { slopes[3], slopes[303], slopes[603] }
            .Select(slope => Math.Round(slope, 12)));
    }

    [Fact]
    public void Gradients_and_their_gradients_are_those_of_differences()
    {
        Tensor x = RandomKey.FromSeed(2).Normal([2, 3, 260], DType.Float64);
        Tensor weights = RandomKey.FromSeed(3).Normal([2, 260], DType.Float64);
        Tensor point = x.AsVariable(), same = x.AsVariable();

        Tensor first = Gradient.Of((point.LogSumExp(1) * weights).Sum(), [point])[0];
        Tensor lanes = Gradient.Of((same.Permute(0, 2, 1).LogSumExpOverLast() * weights).Sum(), [same])[0];

        Close.Assert(first.ToArray<double>(), lanes.ToArray<double>(), 1e-13, 1e-13, "first");
        Close.Assert(SecondOf(true, x, weights), SecondOf(false, x, weights), 1e-12, 1e-12, "second");
    }

    private static double[] SecondOf(bool isByColumns, Tensor x, Tensor weights)
    {
        Tensor point = x.AsVariable();
        Tensor sum = isByColumns ? point.LogSumExp(1) : point.Permute(0, 2, 1).LogSumExpOverLast();
        Tensor slope = Gradient.Of((sum * weights).Sum(), [point], createGraph: true)[0];
        return Gradient.Of((slope.Square() * 0.5).Sum(), [point])[0].ToArray<double>();
    }

    [Fact]
    public void Lifted_columns_are_stacks_of_their_slices()
    {
        Tensor stacked = RandomKey.FromSeed(4).Normal([2, 3, 300], DType.Float64);
        using LiftingScope scope = LiftingScope.Begin();
        HiddenAxis axis = scope.NewAxis("z", 2, [new RowAxis("p", -1, 300)]);

        LiftedTensor found = scope.Find(scope.Lift(stacked, axis, [3, 300]).LogSumExp(0))!;

        Assert.Null(found.Mixed);
        Assert.Equal([axis], found.Axes);
        Close.Assert(found.Numbers.ToArray<double>(), stacked.LogSumExp(1).ToArray<double>(), 0, 1e-15, "lifted");
    }
}
