using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class ReductionTests
{
    public static TheoryData<int[], int[]> Cases => new()
    {
        { [], [] }, { [5], [0] }, { [2, 3], [] }, { [2, 3], [0] }, { [2, 3], [-1] }, { [2, 3, 4], [1] }, { [2, 3, 4], [0, 2] },
        { [2, 3, 4, 5], [1, 3] },
        { [2, 3, 4, 5], [1, 2, 3] }, { [2, 3, 4, 5], [0, 2, 3] }, { [1, 4, 1], [0, 2] }, { [0], [0] }, { [0, 3], [0] }, { [3, 0], [1] },
        { [3, 0, 2], [0] },
        { [2, 700, 3], [1] }, { [70_000], [0] }, { [9000, 9], [0] }, { [9, 9000], [1] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Sums_match_plain_loops_and_keep_or_drop_axes(int[] sizes, int[] axes)
    {
        Tensor x = ElementwiseTests.Points(Shape.Create(sizes), -1, 2);
        (Shape kept, double[] want) = Plain(x, axes);
        Tensor sum = x.Sum(axes, keepDimensions: true);
        Assert.Equal(kept, sum.Shape);
        Close.Assert(sum.ToArray<double>(), want, 1e-13, 1e-12, "sum");
        Tensor dropped = x.To(DType.Float32).Sum(axes);
        Assert.Equal(sizes.Length - (axes.Length == 0 ? sizes.Length : axes.Length), dropped.Rank);
        Close.Assert(dropped.ToArray<double>(), want, 1e-5, 1e-5, "sum in Float32");
        double count = x.Shape.Count / (double)Math.Max(1, sum.Count);
        Close.Assert(x.Mean(axes).ToArray<double>(), [.. want.Select(value => value / count)], 1e-13, 1e-12, "mean");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_match_numerical_ones_to_second_order(int[] sizes, int[] axes)
    {
        if (Shape.Create(sizes).Count is > 0 and < 200)
        {
            DerivativeCheck.FirstAndSecond(x => x[0].Sum(axes).Square(), ElementwiseTests.Points(Shape.Create(sizes), -1, 2));
            DerivativeCheck.FirstAndSecond(x => x[0].Mean(axes, keepDimensions: true).Exp(), ElementwiseTests.Points(Shape.Create(sizes), -1, 2));
        }
    }

    [Theory, InlineData(new[] { 1 }), InlineData(new[] { 0, 2, 3 }), InlineData(new[] { 1, 2, 3 }), InlineData(new int[0]), InlineData(new[] { 2 }),
        InlineData(new[] { 1, 2 })]
    public void Channels_last_images_sum_to_the_same(int[] axes)
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], -1, 2);
        Tensor images = x.In(Layout.ChannelsLast);
        Close.Assert(images.Sum(axes).ToArray<double>(), x.Sum(axes).ToArray<double>(), 1e-13, 1e-13, "sum");
        Tensor want = Gradient.Of(v => v.Sum(axes).Square().Sum(), x);
        Tensor got = Gradient.Of(v => v.Sum(axes).Square().Sum(), images);
        Close.Assert(got.ToArray<double>(), want.ToArray<double>(), 1e-13, 1e-13, "gradient");
        DerivativeCheck.Second(v => v[0].In(Layout.ChannelsLast).Sum(axes).Square(), x);
    }

    [Fact]
    public void Integers_and_truth_values_are_counted_exactly()
    {
        Assert.Equal(DType.Int64, Tensor.From([true, false, true]).Sum().DType);
        Assert.Equal(2, Tensor.From([true, false, true]).Sum().Item());
        Assert.Equal((1L << 60) + 3, Tensor.From([1L << 60, 3]).Sum().ToArray<long>()[0]);
        Assert.Equal(1.5, Tensor.From([1L, 2]).Mean().Item());
    }

    [Fact]
    public void The_mean_of_nothing_is_not_a_number_and_the_sum_is_zero()
    {
        Assert.Equal(0, Tensor.Zeros(0).Sum().Item());
        Assert.Equal(double.NaN, Tensor.Zeros(0).Mean().Item());
    }

    [Theory, InlineData(1_000_003, 1, 1), InlineData(1, 500_009, 3), InlineData(700, 700, 1), InlineData(64, 2048, 5)]
    public void Threads_do_not_change_a_bit(int outer, int reduced, int inner)
    {
        Tensor x = RandomKey.FromSeed(4).Normal([outer, reduced, inner], DType.Float32);
        int[][] choices = [[], [0], [1], [0, 2]];
        foreach (int[] axes in choices)
        {
            float[] want;
            using (WorkerPool.LimitThreads(1))
            {
                want = x.Sum(axes).ToArray<float>();
            }
            for (int threads = 2; threads <= 3; threads++)
            {
                using (WorkerPool.LimitThreads(threads))
                {
                    Assert.Equal(want, x.Sum(axes).ToArray<float>());
                }
            }
        }
    }

    [Theory, InlineData(4_000_000, 1, 1), InlineData(1, 2_000_000, 2), InlineData(2, 1_000_000, 2)]
    public void Long_single_precision_sums_keep_six_digits(int outer, int reduced, int inner)
    {
        Tensor x = Tensor.Full([outer, reduced, inner], 0.1, DType.Float32);
        double exact = (double)0.1f * reduced;
        if (reduced > 1)
        {
            Close.Assert(x.Sum(1).ToArray<double>(), [.. Enumerable.Repeat(exact, outer * inner)], 1e-6, 0, "sum");
        }
        Assert.Equal((double)0.1f * outer * reduced * inner, x.Sum().Item(), (double)0.1f * outer * reduced * inner * 1e-6);
    }

    [Fact]
    public void Wrong_axes_are_named()
    {
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3).Sum([0, -2])).Message);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(2, 3).Sum(2)).Message);
    }

    private static (Shape Kept, double[] Values) Plain(Tensor x, int[] axes)
    {
        bool[] reduced = new bool[x.Rank];
        foreach (int axis in axes.Length == 0 ? Enumerable.Range(0, x.Rank) : axes)
        {
            reduced[x.Shape.Axis(axis)] = true;
        }
        Shape kept = Shape.Create([.. x.Shape.Select((size, axis) => reduced[axis] ? 1 : size)]);
        double[] sums = new double[kept.Count];
        double[] values = x.ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            int rest = i;
            int target = 0;
            int stride = 1;
            for (int axis = x.Rank - 1; axis >= 0; axis--)
            {
                int index = rest % x.Shape[axis];
                rest /= x.Shape[axis];
                target += reduced[axis] ? 0 : index * stride;
                stride *= kept[axis];
            }
            sums[target] += values[i];
        }
        return (kept, sums);
    }
}
