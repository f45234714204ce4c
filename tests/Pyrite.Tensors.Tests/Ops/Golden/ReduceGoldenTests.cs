namespace Pyrite.Tests;

public sealed class ReduceGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["sum"] = (x, a) => [x[0].Sum(a.Ints("dim"), a.Bool("keepdim"))],
        ["mean"] = (x, a) => [x[0].Mean(a.Ints("dim"), a.Bool("keepdim"))],
        ["amax"] = (x, a) => [x[0].Max(a.Ints("dim"), a.Bool("keepdim"))],
        ["amin"] = (x, a) => [x[0].Min(a.Ints("dim"), a.Bool("keepdim"))],
        ["logsumexp"] = (x, a) => [x[0].LogSumExp(a.Ints("dim"), a.Bool("keepdim"))],
        ["var"] = (x, a) => [x[0].Variance(a.Ints("dim"), a.Int("correction", 1), a.Bool("keepdim"))],
        ["std"] = (x, a) => [x[0].StandardDeviation(a.Ints("dim"), a.Int("correction", 1), a.Bool("keepdim"))],
        ["norm"] = (x, a) => [x[0].Norm(a.Ints("dim"), a.Number("ord", 2), a.Bool("keepdim"))],
        ["prod"] = (x, a) => [a.Has("dim") ? x[0].Product(a.Int("dim"), a.Bool("keepdim")) : x[0].Product()],
        ["argmax"] = (x, a) => [x[0].ArgMax(a.Has("dim") ? a.Int("dim") : null, a.Bool("keepdim"))],
        ["argmin"] = (x, a) => [x[0].ArgMin(a.Has("dim") ? a.Int("dim") : null, a.Bool("keepdim"))],
        ["any"] = (x, a) => [x[0].Any(a.Ints("dim"), a.Bool("keepdim"))],
        ["all"] = (x, a) => [x[0].All(a.Ints("dim"), a.Bool("keepdim"))],
        ["count_nonzero"] = (x, a) => [x[0].CountNonZero(a.Ints("dim"))],
        ["max_with_index"] = (x, a) => Pair(x[0].MaxWithIndex(a.Int("dim"), a.Bool("keepdim"))),
        ["min_with_index"] = (x, a) => Pair(x[0].MinWithIndex(a.Int("dim"), a.Bool("keepdim"))),
        ["median_with_index"] = (x, a) => Pair(x[0].Median(a.Int("dim"), a.Bool("keepdim"))),
        ["cummax"] = (x, a) => Pair(x[0].CumulativeMax(a.Int("dim"))),
        ["cumsum"] = (x, a) => [x[0].CumulativeSum(a.Int("dim"))],
        ["cumprod"] = (x, a) => [x[0].CumulativeProduct(a.Int("dim"))],
        ["logcumsumexp"] = (x, a) => [x[0].LogCumulativeSumExp(a.Int("dim"))],
        ["softmax"] = (x, a) => [x[0].Softmax(a.Int("dim"))],
        ["log_softmax"] = (x, a) => [x[0].LogSoftmax(a.Int("dim"))],
        ["quantile"] = (x, a) => [x[0].Quantile(a.Numbers("q"), a.Has("dim") ? a.Int("dim") : null)],
    };

    private static readonly GoldenGroup Group = new("reduce");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);

    internal static Tensor[] Pair((Tensor First, Tensor Second) pair) => [pair.First, pair.Second];
}
