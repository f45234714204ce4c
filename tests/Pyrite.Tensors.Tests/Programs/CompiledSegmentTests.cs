using System.Reflection;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Programs;
using Pyrite.Programs.Compiled;

namespace Pyrite.Tests;

/// <summary>Small segments that run often are compiled, with the bits of eager execution.</summary>
public sealed class CompiledSegmentTests
{
    /// <summary>More steps than it takes until code is compiled.</summary>
    private const int Steps = 48;

    public static TheoryData<int, DType> Lengths
    {
        get
        {
            TheoryData<int, DType> lengths = [];
            foreach (int count in (int[])[1, 2, 15, 16, 17, 33, 170, 511, 520, 1100])
            {
                lengths.Add(count, DType.Float32);
                lengths.Add(count, DType.Float64);
            }
            return lengths;
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Arrays_of_any_length_give_the_bits_of_eager_execution(int count, DType type)
    {
        for (ulong step = 0; step < Steps; step++)
        {
            // Some given tensors are views in the middle of others.
            Tensor x = Numbers(step, [count], type), y = Numbers(100 + step, [3, count], type)[1];
            double[][] expected = Model(x, y);
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Model(x, y));
        }

        static double[][] Model(Tensor x, Tensor y)
        {
            Tensor given = x.AsVariable();
            Tensor scaled = (given - y.Mean()) / (y.Square().Sum() + 1.0);
            Tensor value = (scaled.Exp() * y).Sum() - (scaled.Square() * 0.5).Mean() + (1.0 * given).Sum();
            Tensor gradient = Gradient.Of(value, [given])[0];
            return [value.ToArray<double>(), gradient.ToArray<double>(), scaled.Tanh().ToArray<double>()];
        }
    }

    [Fact]
    public void A_number_that_changes_after_the_code_was_made_counts_at_once()
    {
        Tensor x = Numbers(1, [5], DType.Float32);
        for (int step = 0; step < 4 * Steps; step++)
        {
            // Constant for long, then another one, then one that never stays.
            double weight = step < 2 * Steps ? 1 : step < 3 * Steps ? 0.25 : 0.01 * step;
            double[] expected = Model(weight);
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Model(weight));
        }

        double[] Model(double weight) => ((x * weight).Exp() + (2 * weight)).ToArray<double>();
    }

    [Fact]
    public void Draws_are_never_taken_for_repeated_ones()
    {
        for (ulong step = 0; step < Steps; step++)
        {
            double[] expected = Model(step);
            using StepScope scope = StepScope.Begin();
            double[] found = Model(step);
            Assert.Equal(expected, found);
            Assert.NotEqual(0, found[0]);
        }

        static double[] Model(ulong step) =>
            (RandomKey.FromSeed(step).Normal([4]) - RandomKey.FromSeed(1000 + step).Normal([4])).ToArray<double>();
    }

    [Fact]
    public void Operations_that_leave_something_out_of_their_equality_say_that_they_vary()
    {
        string[] whole = ["StridedCopyOperation", "StridedSpreadOperation", "PartSumOperation", "ConcatOperation"];
        IEnumerable<Type> operations =
            typeof(Tensor).Assembly.GetTypes().Where(type => type.IsValueType && typeof(IOperation).IsAssignableFrom(type));
        Type[] own = [.. operations.Where(type => !whole.Contains(type.Name) && type.GetMethod("Equals", [type]) is { } equals
            && equals.GetCustomAttribute<CompilerGeneratedAttribute>() is null)];
        Assert.True(own.Length >= 4);
        Assert.All(own, type => Assert.True(typeof(IVaryingOperation).IsAssignableFrom(type), type.Name));
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Random_small_programs_give_the_bits_of_eager_execution(DType type)
    {
        for (ulong program = 0; program < 25; program++)
        {
            for (ulong step = 0; step < Steps; step++)
            {
                Tensor number = Numbers(5000 + (program * 100) + step, Shape.Scalar, type);
                Tensor vector = Numbers(9000 + (program * 100) + step, [7], type);
                double[][] expected = RandomProgram(program, number, vector, 0.1 * step);
                using StepScope scope = StepScope.Begin();
                Assert.Equal(expected, RandomProgram(program, number, vector, 0.1 * step));
            }
        }
    }

    [Fact]
    public void The_program_of_a_small_model_is_compiled_where_code_can_be()
    {
        RecordedStream stream = Recorded(8);
        Assert.Equal(ProgramCode.IsAvailable, CompiledSegment.TryCreate(stream, 0, stream.Nodes.Count) is not null);
    }

    [Fact]
    public void A_program_of_large_tensors_is_not()
    {
        RecordedStream stream = Recorded(100_000);
        Assert.Null(CompiledSegment.TryCreate(stream, 0, stream.Nodes.Count));
    }

    [Fact]
    public void Results_of_an_outer_step_survive_the_same_program_in_an_inner_one()
    {
        for (int step = 0; step < Steps; step++)
        {
            Tensor x = Numbers((ulong)step, [5], DType.Float64);
            Tensor y = Numbers(100 + (ulong)step, [5], DType.Float64);
            double[] expected = Model(x).ToArray<double>();
            using StepScope outer = StepScope.Begin();
            Tensor kept = Model(x);
            kept.Materialize();
            using (StepScope.Begin())
            {
                Model(y).Materialize();
            }
            Assert.Equal(expected, kept.ToArray<double>());
        }

        static Tensor Model(Tensor x) => ((x * 2.0) + 1.0).Exp();
    }

    [Fact]
    public void A_steady_run_allocates_only_what_the_user_sees()
    {
        Tensor x = Numbers(1, [8], DType.Float64);
        for (int step = 0; step < 200; step++)
        {
            Run();
        }
        Assert.InRange(Allocation.Least(Run), 0, 22 * 120);

        void Run()
        {
            using StepScope scope = StepScope.Begin();
            Tensor z = x;
            for (int i = 0; i < 10; i++)
            {
                z = (z + x) * x;
            }
            z.Materialize();
        }
    }

    private static RecordedStream Recorded(int count)
    {
        Tensor x = Numbers(1, [count], DType.Float32);
        using StepScope scope = StepScope.Begin();
        ((x * 2.0) + x.Sum()).Exp().Sum().Materialize();
        return scope.Recorder.Recorded!;
    }

    private static double[][] RandomProgram(ulong seed, Tensor number, Tensor vector, double constant)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        long[] choices = new long[150];
        key.FillIntegers(choices, 1 << 20);
        Tensor first = number.AsVariable();
        Tensor second = vector.AsVariable();
        List<Tensor> made = [first, second];
        int length = 5 + (int)(choices[0] % 40);
        for (int i = 1; i <= length; i++)
        {
            Tensor a = made[(int)(choices[i] % made.Count)];
            Tensor b = made[(int)(choices[i + 50] % made.Count)];
            made.Add((choices[i + 99] % 16) switch
            {
                0 => a + b,
                1 => (a * b).Tanh(),
                2 => a.Tanh() * constant,
                3 => a.Sigmoid() - b,
                4 => -a.Relu(),
                5 => a + b.Sum().Tanh(),
                6 => (a.Square() + 1.0).Sqrt() / (b.Square() + 0.5),
                7 => (a - b.Mean()).Tanh(),
                8 => (a.Square() + 0.1).Log() * 0.5,
                9 => Tensor.Where(a > b, a, b * 0.5),
                10 => a.Reshape(-1, 1).Reshape(a.Shape).Exp().Log1p(),
                11 => Tensor.Maximum(a, b).Tanh(),
                12 => (b.Abs() + 1.0).Reciprocal(),
                13 => Tensor.Minimum(a, b).BroadcastTo([7]).Sum(0).Tanh(),
                14 => (a.Tanh().Reshape(1, -1) * b.Tanh().Reshape(-1, 1)).Sum(1).Tanh().Sum(),
                _ => (a + constant).Tanh().To(DType.Float64).To(a.DType),
            });
        }
        Tensor value = made[^1].Square().Sum() + made[^2].Sum();
        Tensor[] gradients = Gradient.Of(value, [first, second]);
        return [value.ToArray<double>(), made[made.Count / 2].ToArray<double>(), gradients[0].ToArray<double>(), gradients[1].ToArray<double>()];
    }

    private static Tensor Numbers(ulong seed, Shape shape, DType type) => RandomKey.FromSeed(seed).Normal(shape, type);
}
