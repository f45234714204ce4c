using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Reductions, orders, windows, losses and normalizations: gradients, layouts and threads.</summary>
public sealed class DerivedOperationsTests
{
    private static readonly Tensor Classes = Tensor.From<long>(
        [0, 2, 1, 0, 1, 2, 2, 0, 1, 0, 0, 1, 2, 2, 1, 1, 0, 0, 2, 2, 1, 2, 0, 0, 1, 0, 2, 1, 1, 0, 2, 1, 0, 2, 1, 1, 1, 0, -100, 2], [2, 4, 5]);

    /// <summary>Functions of images [2, 3, 4, 5] in (0.1, 0.9) without kinks at the point.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Table = new()
    {
        ["max"] = x => x.Max([1, 3]),
        ["min"] = x => x.Min([], keepDimensions: true),
        ["max with index"] = x => x.MaxWithIndex(2).Values,
        ["median"] = x => x.Median(-1).Values,
        ["cumulative max"] = x => x.CumulativeMax(1).Values,
        ["cumulative min"] = x => x.CumulativeMin(3).Values,
        ["sort"] = x => x.Sort(1, descending: true).Values,
        ["top k"] = x => x.TopK(2, 2).Values,
        ["quantile"] = x => x.Quantile([0.1, 0.5], 3),
        ["logsumexp"] = x => x.LogSumExp([0, 2]),
        ["softmax"] = x => x.Softmax(1),
        ["log softmax"] = x => x.LogSoftmax(2),
        ["cumulative sum"] = x => x.CumulativeSum(1),
        ["cumulative product"] = x => x.CumulativeProduct(2),
        ["log cumulative sum exp"] = x => x.LogCumulativeSumExp(3),
        ["product"] = x => x.Product(1),
        ["variance"] = x => x.Variance([0, 3]),
        ["standard deviation"] = x => x.StandardDeviation([1], 0, true),
        ["norm 2"] = x => x.Norm([1, 2]),
        ["norm 3"] = x => x.Norm([0], 3),
        ["norm ∞"] = x => x.Norm([2, 3], double.PositiveInfinity),
        ["pad"] = x => x.Pad(-1, 2, -1, 0.5).Pad(1, 1, 1, mode: PaddingMode.Reflect).Pad(2, 1, 2, mode: PaddingMode.Circular),
        ["tile"] = x => x.Tile(2, 1, 3).RepeatEach(2, 0).Roll(-2, 3),
        ["windows"] = x => x.Windows(3, 3, 2),
        ["triangles"] = x => x.LowerTriangle(1) + x.UpperTriangle(2),
        ["diagonal"] = x => x.Diagonal(1, 2, 3).DiagonalEmbed(-1),
        ["take along"] = x => x.TakeAlong(Tensor.From([1L, 0]).Reshape(1, 2, 1, 1), 1, broadcast: true),
        ["scatter"] = x => x.Scatter(Tensor.Zeros([2, 1, 4, 5], DType.Int64), x.Slice(1, 1, 1).Exp(), 1),
        ["scatter add"] = x => x.ScatterAdd(Tensor.Zeros([2, 2, 4, 5], DType.Int64), x.Slice(1, 0, 2).Exp(), 1),
        ["replace"] = x => x.Replace(x[0, 0, 0, 0..2].Exp(), .., 1, 2, 1..3),
        ["accumulate"] = x => x.Accumulate(x[1, .., .., 0].Exp(), Tensor.From([0L, 0]), .., .., 1),
        ["masked select"] = x => x.MaskedSelect(x > 0.5033),
        ["max pool"] = x => x.MaxPool2d(2, 1, 1).Values,
        ["average pool"] = x => x.AveragePool2d((3, 2), 2, 1, ceil: true, countPadding: false),
        ["adaptive pools"] = x => Tensor.Concat([x.AdaptiveAveragePool2d((3, 2)), x.AdaptiveMaxPool2d((3, 2)).Values]),
        ["upsample"] = x => Tensor.Concat([x.UpsampleBilinear((7, 3)), x.UpsampleNearest((7, 3)), x.UpsampleBilinear((7, 3), alignCorners: true)]),
        ["pixel shuffle"] = x => Tensor.Concat([x, x.Slice(1, 0, 1)], 1).PixelShuffle(2),
        ["grouped convolution"] = x => x.Conv2d(Kernel, null, (2, 1), (1, 0), (1, 2), groups: 3),
        ["transposed grouped convolution"] = x => x.ConvTranspose2d(Kernel, null, (2, 1), (1, 0), (1, 0), 1, groups: 3),
        ["volume convolution"] =
            x => x.Unsqueeze(0).Conv3d(Kernel[..2, .., .., ..].Reshape([1, 2, 1, 3, 2]).BroadcastTo([2, 2, 2, 3, 2]), null, 1, 1),
        ["transposed volume convolution"] =
            x => x.Unsqueeze(0).ConvTranspose3d(Kernel[..2, .., .., ..].Reshape([2, 1, 1, 3, 2]).BroadcastTo([2, 2, 2, 3, 2]), null, 2, 1, 1),
        ["cross entropy"] = x => x.CrossEntropy(Classes, labelSmoothing: 0.1),
        ["soft cross entropy"] = x => x.CrossEntropy(x.Softmax(1).Square(), Tensor.From([0.5, 1, 2])),
        ["binary cross entropy"] = x => x.BinaryCrossEntropy(x.Square()) + x.BinaryCrossEntropyWithLogits(x.Square(), (Tensor)2.0),
        ["regression losses"] =
            x => x.MeanSquaredError(x.Exp()) + x.HuberLoss(3.0 * x, 0.3) + x.SmoothAbsoluteError(3.0 * x, 0.3) + x.PoissonLoss(2.0)
                + x.GaussianLoss(0.3, x.Exp()),
        ["divergence"] = x => x.Log().DivergenceLoss(x.Square()) + x.DivergenceLoss(x.Square(), isLogTarget: true),
        ["layer norm"] = x => x.LayerNorm(2, x[0, 0], x[1, 1]),
        ["group norm"] = x => x.GroupNorm(3, Tensor.From([1.0, 2, 3]), Tensor.From([0.1, 0.2, 0.3])),
        ["batch norm"] =
            x => x.BatchNorm(Tensor.From([1.0, 2, 3]), null, Tensor.Zeros([3], DType.Float64), Tensor.Ones([3], DType.Float64), true).Result,
        ["rms norm"] = x => x.RmsNorm(1),
        ["normalize"] = x => x.Normalize(axis: 1) + x.CosineSimilarity(x.Exp(), 1).Unsqueeze(1),
        ["gated linear unit"] = x => x.Transpose().GatedLinearUnit(),
        ["prelu"] = x => (x - 1.0).PRelu(Tensor.From([0.1, 0.2, 0.3])),
        ["attention"] = x => x.Attention(x.Exp(), x.Sin(), isCausal: true),
    };

    private static Tensor Kernel => ElementwiseTests.Points([3, 1, 3, 2], -1, 1);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_numerical_ones_to_second_order(string name) => DerivativeCheck.FirstAndSecond(x => Table[name](x[0]), Point());

    [Theory, MemberData(nameof(Names))]
    public void Layouts_precisions_and_threads_agree(string name)
    {
        Tensor x = Point();
        double[] want;
        using (WorkerPool.LimitThreads(1))
        {
            want = Table[name](x).ToArray<double>();
        }
        using (WorkerPool.LimitThreads(3))
        {
            Assert.Equal(want, Table[name](x).ToArray<double>());
        }
        Close.Assert(Table[name](x.In(Layout.ChannelsLast)).ToArray<double>(), want, 1e-12, 1e-12, "channels-last");
        double[] slope = Gradient.Of(v => Table[name](v).Sin().Sum(), x).ToArray<double>();
        Close.Assert(Gradient.Of(v => Table[name](v).Sin().Sum(), x.In(Layout.ChannelsLast)).ToArray<double>(), slope, 1e-11, 1e-11,
            "channels-last gradient");
    }

    [Theory, MemberData(nameof(Names))]
    public void Recorded_steps_give_the_bits_of_eager_execution(string name)
    {
        Tensor x = Point().AsVariable();
        double[][] want = Evaluate(name, x);
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(want, Evaluate(name, x));
        }
    }

    [Fact]
    public void Long_lanes_give_the_same_bits_on_any_number_of_threads()
    {
        Tensor x = RandomKey.FromSeed(3).Normal([70, 3000], DType.Float32);
        foreach (Func<Tensor, Tensor> function in (Func<Tensor, Tensor>[])[v => v.Softmax(), v => v.LogSumExp(0), v => v.Max([0]),
            v => v.CumulativeSum(1), v => v.ArgSort(0), v => Tensor.Where(v > 0, v, 0.0)])
        {
            double[] want;
            using (WorkerPool.LimitThreads(1))
            {
                want = function(x).ToArray<double>();
            }
            using (WorkerPool.LimitThreads(3))
            {
                Assert.Equal(want, function(x).ToArray<double>());
            }
        }
    }

    [Fact]
    public void Empty_and_scalar_tensors_follow_numpy()
    {
        Tensor none = Tensor.Zeros(0, 3);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity], none.LogSumExp(0).ToArray<double>());
        Assert.Equal([0], none.Max([1]).Shape);
        Assert.Equal([0, 3], none.Softmax().Shape);
        Assert.Equal([0, 3], none.Sort(0).Values.Shape);
        Assert.Equal([1, 1, 1], none.Product(0).ToArray<double>());
        Assert.Equal([0, 3], none.CumulativeProduct(0).Shape);
        RearrangementTests.AssertMessage<ArgumentException>(() => none.Max([0]), "max", "[0, 3]");
        RearrangementTests.AssertMessage<ArgumentException>(() => none.ArgMax(), "argmax", "[0, 3]");
        Assert.Equal(1, ((Tensor)2.0).Softmax().Item());
        Assert.Equal(2, ((Tensor)2.0).CumulativeSum(0).Item());
        Assert.Equal([4_000_000_000_000_000_001, 4_000_000_000_000_000_003],
            Tensor.From([4_000_000_000_000_000_001, 2]).CumulativeSum(0).ToArray<long>());
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Tensor x = Point();
        RearrangementTests.AssertMessage<ArgumentException>(() => x.Pad(3, 5, 0, mode: PaddingMode.Reflect), "Reflect", "4 are possible");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.Split([1, 1], 1), "[1, 1]", "add up to 2");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.Windows(1, 4), "window of 4");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.MaxPool2d(9), "window of 9");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.MaxPool2d(2, padding: 2), "padding 2");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.Conv2d(Kernel, null, 1, 0, 1, groups: 2), "2 groups");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.GroupNorm(2), "2 groups");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.PixelShuffle(2), "[2, 3, 4, 5]");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.CrossEntropy(Tensor.Zeros([2, 3], DType.Int64)), "[2, 4, 5]", "[2, 3]");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.TakeAlong(Tensor.Zeros([2], DType.Int64), 0), "4 axes");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.ScatterAdd(Tensor.Zeros([2, 3, 4, 5], DType.Int64), Tensor.Ones(2), 0), "[2]");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.IndexAdd(1, Tensor.From([0L]), x), "[2, 1, 4, 5]");
        RearrangementTests.AssertMessage<ArgumentException>(() => x.Quantile([1.5]), "1.5");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.From([5L]).OneHot(5), "found 5");
        RearrangementTests.AssertMessage<ArgumentException>(
            () => x[0, 0, 0, ..1].Reshape(1, 1).BatchNorm(null, null, Tensor.Zeros(1), Tensor.Ones(1), true), "more than one value");
    }

    /// <summary>All values at least 0.006 apart, in no order.</summary>
    private static Tensor Point() => Tensor.From<double>([.. Enumerable.Range(0, 120).Select(i => 0.1 + (0.8 * (i * 37 % 120) / 120))], [2, 3, 4, 5]);

    private static double[][] Evaluate(string name, Tensor x)
    {
        Tensor y = Table[name](x);
        Tensor gradient = Gradient.Of(y.Sin().Sum(), [x])[0];
        return [y.ToArray<double>(), gradient.ToArray<double>()];
    }
}
