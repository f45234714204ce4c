
using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Sums, moments, extremes, running results and the softmax family.</summary>
internal static class ReductionEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Unary("Reduction.Sum", x => x.Sum()),
        Unary("Reduction.Mean", x => x.Count == 0 ? x : x.Mean()),
        OverAxis("Reduction.Sum", (x, axis, keep) => x.Sum(axis, keep)),
        OverAxis("Reduction.Mean", (x, axis, keep) => x.Mean(axis, keep)),
        OverAxes("Reduction.Sum", (x, axes, keep) => x.Sum(axes, keep)),
        OverAxes("Reduction.Mean", (x, axes, keep) => x.Mean(axes, keep)),
        OverAxes("Moments.Variance", (x, axes, keep) => x.Variance(axes, 0, keep)),
        Shaped("Moments.Variance", (draw, shape) => x => Longer(x).Variance([0], 1)),
        Shaped("Moments.StandardDeviation", (draw, shape) =>
        {
            (int correction, bool keep) = (draw.Integer(0, 1), draw.Coin());
            return x => Longer(x).StandardDeviation([0], correction, keep);
        }),
        OverAxes("Moments.Norm", (x, axes, keep) => x.Norm(axes, 2, keep)),
        OverAxes("Moments.Norm", (x, axes, keep) => x.Norm(axes, 1, keep)),
        OverAxes("Moments.Norm", (x, axes, keep) => x.Norm(axes, 3.5, keep)),
        OverAxes("Moments.Norm", (x, axes, keep) => x.Norm(axes, double.PositiveInfinity, keep)),
        OverAxes("Moments.Norm", (x, axes, keep) => x.Norm(axes, double.NegativeInfinity, keep)),
        Shaped("Moments.Norm", (draw, shape) => x => x.Norm()),
        OverAxes("Extremes.Max", (x, axes, keep) => x.Max(axes, keep)),
        OverAxes("Extremes.Min", (x, axes, keep) => x.Min(axes, keep)),
        Shaped("Extremes.Max", (draw, shape) => x => x.Max()),
        Shaped("Extremes.Min", (draw, shape) => x => x.Min()),
        OverAxis("Extremes.MaxWithIndex", (x, axis, keep) => x.MaxWithIndex(axis, keep).Values),
        OverAxis("Extremes.MinWithIndex", (x, axis, keep) => x.MinWithIndex(axis, keep).Values),
        OverAxis("Extremes.Median", (x, axis, keep) => x.Median(axis, keep).Values),
        OverAxis("Extremes.CumulativeMax", (x, axis, _) => x.CumulativeMax(axis).Values),
        OverAxis("Extremes.CumulativeMin", (x, axis, _) => x.CumulativeMin(axis).Values),
        OverAxis("Extremes.Sort", (x, axis, descending) => x.Sort(axis, descending).Values),
        Shaped("Extremes.TopK", (draw, shape) =>
        {
            int axis = draw.Axis(shape);
            (int k, bool largest) = (draw.Integer(1, shape[axis]), draw.Coin());
            return x => x.TopK(k, axis, largest).Values;
        }),
        Shaped("Extremes.Quantile", (draw, shape) =>
        {
            double[] levels = [0, 0.3, draw.Integer(0, 10) / 10.0];
            int? axis = draw.Coin() ? draw.Axis(shape) : null;
            return x => x.Quantile(levels, axis);
        }),
        OverAxis("Cumulation.CumulativeSum", (x, axis, _) => x.CumulativeSum(axis)),
        OverAxis("Cumulation.CumulativeProduct", (x, axis, _) => (x * 0.5).CumulativeProduct(axis)),
        OverAxis("Cumulation.LogCumulativeSumExp", (x, axis, _) => x.LogCumulativeSumExp(axis)),
        OverAxis("Cumulation.Product", (x, axis, keep) => (x * 0.5).Product(axis, keep)),
        Shaped("Cumulation.Product", (draw, shape) => x => x.Tanh().Product()),
        OverAxis("SoftmaxFunctions.LogSumExp", (x, axis, keep) => x.LogSumExp(axis, keep)),
        OverAxes("SoftmaxFunctions.LogSumExp", (x, axes, keep) => x.LogSumExp(axes, keep)),
        OverAxis("SoftmaxFunctions.Softmax", (x, axis, _) => x.Softmax(axis)),
        OverAxis("SoftmaxFunctions.LogSoftmax", (x, axis, _) => x.LogSoftmax(axis)),
    ];

    private static CatalogueEntry OverAxis(string name, Func<Tensor, int, bool, Tensor> function) => Shaped(name, (draw, shape) =>
    {
        (int axis, bool keep) = (draw.Axis(shape), draw.Coin());
        return x => function(x, axis, keep);
    });

    private static CatalogueEntry OverAxes(string name, Func<Tensor, int[], bool, Tensor> function) => Shaped(name, (draw, shape) =>
    {
        (int[] axes, bool keep) = (draw.Axes(shape), draw.Coin());
        return x => function(x, axes, keep);
    }, lowestRank: 0);

    /// <summary>A second slice along the first axis, so that a deviation is never 0.</summary>
    private static Tensor Longer(Tensor x) => Tensor.Concat([x, x.Slice(0, 0, 1) * -0.5]);
}
