using Pyrite.Tests.Catalogue;


namespace Pyrite.Tests;

/// <summary>Random programs of 5 to 50 operations of the whole catalogue, with gradients, give the same bits recorded, replayed and eager.</summary>
public sealed class RandomProgramTests
{
    private const int LongestAxis = 3;
    private const int Steps = 5;
    private const int Programs = 25;
    private const int ManyPrograms = 1_000;

    [Fact]
    public void Programs_with_new_numbers_in_every_step() => ForPrograms(1, Programs, program => Follow(program));

    [Fact]
    public void Programs_that_read_other_results_every_second_step() =>
        ForPrograms(2, Programs, program => Follow(program, reads: step => 1 + (step / 2)));

    [Fact]
    public void Programs_whose_constants_change() => ForPrograms(3, Programs, program => Follow(program, constant: step => 1 + (0.1 * step)));

    [Fact]
    public void Programs_whose_shapes_change() =>
        ForPrograms(4, Programs, program => Follow(program, largest: step => step % 2 == 0 ? LongestAxis : LongestAxis - 1));

    [Fact]
    public void Programs_that_throw_in_the_middle() =>
        ForPrograms(5, Programs, program => Follow(program, failsAt: step => step % 2 == 1 ? (step * program.Length / Steps) : -1));

    [Fact]
    public void Programs_inside_the_step_of_others() => ForPrograms(6, Programs / 2, FollowNested);

    [Fact]
    public void Programs_on_two_threads_at_once() => FollowOnThreads(seed: 7, Programs);

    [Fact, Trait("Category", "Long")]
    public void Many_programs_in_which_everything_changes() => ForPrograms(8, ManyPrograms, program => Follow(
        program, step => step % 3, step => step < 3 ? 1 : step, step => step % 4 == 3 ? LongestAxis - 1 : LongestAxis,
            step => step == 2 ? program.Length / 2 : -1, steps: 8));

    [Fact, Trait("Category", "Long")]
    public void Many_programs_inside_the_step_of_others() => ForPrograms(9, ManyPrograms, FollowNested);

    [Fact, Trait("Category", "Long")]
    public void Many_programs_on_two_threads_at_once() => FollowOnThreads(seed: 10, ManyPrograms / 2);

    private static void ForPrograms(ulong seed, int count, Action<RandomProgram> follow)
    {
        for (ulong i = 0; i < (ulong)count; i++)
        {
            try
            {
                follow(new RandomProgram((seed * 1_000_000) + i));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Program {i} of {count}: {error.Message}", error);
            }
        }
    }

    /// <summary>Steps of one program in a scope each, against the same without one.</summary>
    private static void Follow(RandomProgram program, Func<int, int>? reads = null, Func<int, double>? constant = null,
        Func<int, int>? largest = null, Func<int, int>? failsAt = null, int steps = Steps)
    {
        for (int step = 0; step < steps; step++)
        {
            CatalogueCase[] cases = program.Cases(largest?.Invoke(step) ?? LongestAxis, step);
            Tensor start = Start(step);
            (double factor, int read, int failAt) = (constant?.Invoke(step) ?? 1, reads?.Invoke(step) ?? 0, failsAt?.Invoke(step) ?? -1);
            if (failAt >= 0)
            {
                using StepScope scope = StepScope.Begin();
                Assert.Throws<RandomProgram.ModelFailedException>(() => program.Run(cases, start, factor, read, failAt));
                continue;
            }
            AssertSame(program.Run(cases, start, factor, read), InStep(() => program.Run(cases, start, factor, read)), step);
        }
    }

    /// <summary>The inner program starts from a pending result of the outer step, which goes on afterwards.</summary>
    private static void FollowNested(RandomProgram program)
    {
        for (int step = 0; step < Steps; step++)
        {
            CatalogueCase[] outer = program.Cases(LongestAxis, step);
            CatalogueCase[] inner = program.Cases(LongestAxis - 1, step);
            Tensor start = Start(step);
            long[][] Run(Func<Func<long[][]>, long[][]> enclose)
            {
                Tensor pending = (start.Exp() * 0.5).Tanh();
                long[][] first = enclose(() => program.Run(inner, pending));
                return [.. first, .. program.Run(outer, pending + start)];
            }
            AssertSame(Run(run => run()), InStep(() => Run(InStep)), step);
        }
    }

    private static void FollowOnThreads(ulong seed, int programs)
    {
        Exception?[] errors = new Exception?[2];
        Thread[] threads = new Thread[2];
        for (int t = 0; t < threads.Length; t++)
        {
            int own = t;
            threads[own] = new Thread(() =>
            {
                try
                {
                    ForPrograms(seed, programs, program => Follow(program, reads: step => step + own));
                }
                catch (Exception error)
                {
                    errors[own] = error;
                }
            });
            threads[own].Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        Assert.All(errors, Assert.Null);
    }

    private static Tensor Start(int step) => RandomKey.FromSeed((ulong)step).Normal([4, 3], DType.Float64);

    private static T InStep<T>(Func<T> run)
    {
        using StepScope scope = StepScope.Begin();
        return run();
    }

    private static void AssertSame(long[][] eager, long[][] recorded, int step)
    {
        Assert.Equal(eager.Length, recorded.Length);
        for (int i = 0; i < eager.Length; i++)
        {
            Assert.True(eager[i].AsSpan().SequenceEqual(recorded[i]),
                $"step {step}: the bits of value {i} of {eager.Length}, {eager[i].Length} elements, differ from those of eager execution");
        }
    }
}
