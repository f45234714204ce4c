using Pyrite.Tests.Kernels;


namespace Pyrite.Tests;

public class RandomKeyFillsTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(20_26);

    private delegate void Filler<T>(Span<T> destination, long offset);

    [Fact]
    public void Bits_of_32_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<uint>((destination, offset) => Key.FillBits(destination, offset), RandomOracle.Bits32);

    [Fact]
    public void Bits_of_64_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<ulong>((destination, offset) => Key.FillBits(destination, offset), RandomOracle.Bits64);

    [Fact]
    public void Float32_uniforms_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<float>((destination, offset) => Key.FillUniform(destination, offset), RandomOracle.Uniform32);

    [Fact]
    public void Float64_uniforms_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<double>((destination, offset) => Key.FillUniform(destination, offset), RandomOracle.Uniform64);

    [Fact]
    public void Float32_normals_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<float>((destination, offset) => Key.FillNormal(destination, offset), RandomOracle.Normal32);

    [Fact]
    public void Float64_normals_match_the_plain_oracle_at_every_size_and_offset() =>
        Compare<double>((destination, offset) => Key.FillNormal(destination, offset), RandomOracle.Normal64);

    [Fact]
    public void Counters_carry_into_their_upper_word()
    {
        const long farOffset = 64L * (1L << 28) - 100;      // block 2^32 starts here, 100 draws on
        uint[] bits = new uint[200];
        Key.FillBits(bits, farOffset);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => RandomOracle.Bits32(Key, farOffset + i)), bits);
    }

    [Fact]
    public void Float32_normals_are_within_a_few_units_in_the_last_place_of_the_exact_transform()
    {
        float[] draws = new float[100_000];
        Key.FillNormal(draws);

        AssertAccurate(draws.Length,
            i => (draws[i] - RandomOracle.ExactNormal32(Key, i)) / (MathF.BitIncrement(Math.Abs(draws[i])) - Math.Abs(draws[i])));
    }

    [Fact]
    public void Float64_normals_are_within_a_few_units_in_the_last_place_of_the_library_functions()
    {
        double[] draws = new double[100_000];
        Key.FillNormal(draws);

        AssertAccurate(draws.Length,
            i => (draws[i] - RandomOracle.ExactNormal64(Key, i)) / (Math.BitIncrement(Math.Abs(draws[i])) - Math.Abs(draws[i])));
    }

    [Fact]
    public void Uniforms_stay_inside_the_open_interval()
    {
        float[] single = new float[1_000_000];
        double[] wide = new double[1_000_000];
        Key.FillUniform(single);
        Key.FillUniform(wide);

        Assert.All([single.Min(), single.Max()], x => Assert.InRange(x, 0.5f / 8388608f, 1 - 0.5f / 8388608f));
        Assert.All([wide.Min(), wide.Max()], x => Assert.InRange(x, double.Epsilon, 0.99999999999999989));
    }

    [Fact]
    public void Integers_match_a_plain_oracle_with_rejection()
    {
        const long bound = 3L << 61;                        // a quarter of the words is rejected
        long[] got = new long[1000];
        Key.FillIntegers(got, bound, 7);

        for (int i = 0; i < got.Length; i++)
        {
            UInt128 product = (UInt128)(ulong)bound * RandomOracle.Bits64(Key, i + 7);
            for (ulong attempt = 0; (ulong)product < (1ul << 62); attempt++)
            {
                uint[] words = RandomOracle.Philox(
                    [(uint)(i + 7), 0, (uint)Key.Stream, (uint)(Key.Stream >> 32)],
                    [(uint)(Key.Key ^ (0xA0761D6478BD642F + attempt)), (uint)((Key.Key ^ (0xA0761D6478BD642F + attempt)) >> 32)]);
                product = (UInt128)(ulong)bound * (words[0] | ((ulong)words[1] << 32));
            }
            Assert.Equal((long)(ulong)(product >> 64), got[i]);
        }
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(long.MinValue)]
    public void Integers_below_a_bound_less_than_one_are_refused(long exclusiveMax) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.FillIntegers(new long[3], exclusiveMax));

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(255), InlineData(256), InlineData(257), InlineData(1000)]
    public void A_permutation_holds_every_index_once(int length)
    {
        int[] order = new int[length];
        Key.Permutation(order);

        Assert.Equal(Enumerable.Range(0, length), order.Order());
    }

    [Fact]
    public void Fills_allocate_nothing()
    {
        float[] single = new float[1001];
        double[] wide = new double[1001];
        uint[] bits = new uint[1001];
        long[] integers = new long[1001];
        int[] order = new int[1001];
        void FillAll()
        {
            RandomKey child = Key.Child("weights").Child(3);
            child.FillUniform(single);
            child.FillUniform(wide);
            child.FillNormal(single, 5);
            child.FillNormal(wide, 5);
            child.FillBits(bits);
            child.FillIntegers(integers, 10);
            child.Permutation(order);
        }
        Assert.Equal(0, Allocation.Least(FillAll));
    }

    private static void AssertAccurate(int count, Func<int, double> unitsInTheLastPlace)
    {
        double[] errors = [.. Enumerable.Range(0, count).Select(i => Math.Abs(unitsInTheLastPlace(i)))];
        Assert.InRange(errors.Max(), 0, 4);
        Assert.InRange(errors.Average(), 0, 1);
    }

    private static void Compare<T>(Filler<T> fill, Func<RandomKey, long, T> oracle)
        where T : struct
    {
        const int longest = 150, offsets = 70;
        T[] expected = [.. Enumerable.Range(0, longest + offsets).Select(i => oracle(Key, i))];
        T[] got = new T[longest];
        for (int offset = 0; offset < offsets; offset++)
        {
            for (int length = 0; length <= longest; length++)
            {
                Array.Clear(got);
                fill(got.AsSpan(0, length), offset);
                Assert.True(expected.AsSpan(offset, length).SequenceEqual(got.AsSpan(0, length)), $"offset {offset}, length {length}");
                Assert.True(got.AsSpan(length).IndexOfAnyExcept(default(T)) < 0, $"offset {offset}, length {length}: wrote past the end");
            }
        }
    }
}
