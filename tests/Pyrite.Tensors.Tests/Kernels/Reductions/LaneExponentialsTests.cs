using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels;

public sealed class LaneExponentialsTests
{
    public static TheoryData<int> LongLengths => [511, 4096, 8191, 8192, 8193, 16384, 20011, 100_003];

    [Fact]
    public void Short_lanes_of_every_length_match_a_plain_loop()
    {
        for (int length = 1; length <= 70; length++)
        {
            Check(length);
        }
    }

    [Theory, MemberData(nameof(LongLengths))]
    public void Long_lanes_match_a_plain_loop(int length) => Check(length);

    [Fact]
    public void Infinities_and_NaN_follow_the_formulas()
    {
        const double Inf = double.PositiveInfinity;
        Assert.Equal(double.NegativeInfinity, LaneExponentials<double>.LogSum([-Inf, -Inf, -Inf]));
        Assert.Equal(3.0, LaneExponentials<double>.LogSum([-Inf, 3, -Inf]));
        Assert.Equal(Inf, LaneExponentials<double>.LogSum([1, Inf, 3]));
        Assert.Equal(double.NaN, LaneExponentials<double>.LogSum([1, double.NaN, 3]));
        Assert.Equal(double.NaN, LaneExponentials<double>.LogSum([-Inf, double.NaN, -Inf]));
        Assert.Equal(double.NaN, LaneExponentials<double>.LogSum([double.NaN, Inf]));
        double[] result = new double[3];
        LaneExponentials<double>.Softmax([1, Inf, 3], result);
        Assert.All(result, value => Assert.Equal(double.NaN, value));
        LaneExponentials<double>.Softmax([-Inf, -Inf, -Inf], result);
        Assert.All(result, value => Assert.Equal(double.NaN, value));
        LaneExponentials<double>.LogSoftmax([-Inf, 2, -Inf], result);
        Assert.Equal([-Inf, 0, -Inf], result);
    }

    [Fact]
    public void A_chunk_of_nothing_but_minus_infinity_adds_nothing()
    {
        float[] lane = new float[30_000];
        Array.Fill(lane, float.NegativeInfinity);
        lane[20_000] = -2000;
        Assert.Equal(-2000, LaneExponentials<float>.LogSum(lane));
        lane[5] = float.NaN;
        Assert.Equal(float.NaN, LaneExponentials<float>.LogSum(lane));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        System.Random random = new(4);
        float[] lane = [.. Enumerable.Range(0, 70_001).Select(_ => (float)(20 * random.NextDouble()))];
        float[] alone = new float[lane.Length];
        float[] together = new float[lane.Length];
        float sum;
        using (WorkerPool.LimitThreads(1))
        {
            sum = LaneExponentials<float>.LogSum(lane);
            LaneExponentials<float>.Softmax(lane, alone);
        }
        using (WorkerPool.LimitThreads(4))
        {
            Assert.Equal(sum, LaneExponentials<float>.LogSum(lane));
            LaneExponentials<float>.Softmax(lane, together);
        }
        Assert.Equal(alone, together);
    }

    private static void Check(int length)
    {
        System.Random random = new(length);
        double shift = random.Next(-2, 3) * 400;
        double[] x = [.. Enumerable.Range(0, length).Select(_ => shift + (30 * random.NextDouble()))];
        Check(x, 1e-13);
        Check(Array.ConvertAll(x, value => (float)value), 3e-6);
    }

    private static void Check<T>(T[] x, double tolerance) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        double largest = x.Max(double.CreateChecked);
        double sum = x.Sum(value => Math.Exp(double.CreateChecked(value) - largest));
        double want = largest + Math.Log(sum);
        double scale = 1 + Math.Abs(want);
        Assert.Equal(want, double.CreateChecked(LaneExponentials<T>.LogSum(x)), tolerance * scale);
        T[] softmax = new T[x.Length];
        T[] logSoftmax = new T[x.Length];
        LaneExponentials<T>.Softmax(x, softmax);
        LaneExponentials<T>.LogSoftmax(x, logSoftmax);
        for (int i = 0; i < x.Length; i++)
        {
            double argument = double.CreateChecked(x[i]);
            Assert.Equal(1, double.CreateChecked(softmax[i]) / Math.Exp(argument - want), 30 * tolerance);
            Assert.Equal(argument - want, double.CreateChecked(logSoftmax[i]), tolerance * scale);
        }
        LaneExponentials<T>.Softmax(x, x);
        Assert.Equal(softmax, x);
    }
}
