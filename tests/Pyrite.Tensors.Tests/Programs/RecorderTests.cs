namespace Pyrite.Tests;

/// <summary>A step that is recorded and replayed gives the bits of the same operations outside of any step, whatever the model code does.</summary>
public sealed class RecorderTests
{
    // Whichever test comes first makes it, some inside a step.
    private static readonly Tensor Weight = Numbers(1, [6, 4]).Keep();

    [Fact]
    public void A_repeated_step_gives_the_bits_of_eager_execution()
    {
        for (int step = 0; step < 6; step++)
        {
            Tensor x = Numbers(10 + (ulong)step, [5, 6]);
            AssertSame(Values(Model(x, 1)), InStep(() => Values(Model(x, 1))));
        }
    }

    [Fact]
    public void A_constant_that_changes_every_step_is_followed()
    {
        Tensor x = Numbers(2, [5, 6]);
        for (int step = 0; step < 6; step++)
        {
            AssertSame(Values(Model(x, 0.1 * step)), InStep(() => Values(Model(x, 0.1 * step))));
        }
    }

    [Fact]
    public void A_branch_on_a_counter_is_followed()
    {
        Tensor x = Numbers(3, [5, 6]);
        for (int step = 0; step < 12; step++)
        {
            Tensor[] Run() => step % 3 == 0 ? Model(x.Exp(), 1) : step % 3 == 1 ? Model(x.Tanh() + x, 1) : Model(x, 1);
            AssertSame(Values(Run()), InStep(() => Values(Run())));
        }
    }

    [Fact]
    public void A_branch_on_the_value_of_a_tensor_is_followed()
    {
        for (int step = 0; step < 12; step++)
        {
            Tensor x = Numbers(20 + (ulong)step, [5, 6]);
            Tensor[] Run() => x.Sum().Item() > 0 ? Model(x * 2.0, 1) : Model(-x, 1);
            AssertSame(Values(Run()), InStep(() => Values(Run())));
        }
    }

    [Fact]
    public void A_changing_batch_size_is_followed()
    {
        for (int step = 0; step < 12; step++)
        {
            Tensor x = Numbers(40 + (ulong)step, [step % 4 == 3 ? 3 : 5, 6]);
            AssertSame(Values(Model(x, 1)), InStep(() => Values(Model(x, 1))));
        }
    }

    [Fact]
    public void A_step_that_throws_in_the_middle_leaves_the_next_ones_right()
    {
        for (int step = 0; step < 8; step++)
        {
            Tensor x = Numbers(60 + (ulong)step, [5, 6]);
            if (step % 2 == 1)
            {
                Assert.Throws<InvalidOperationException>(() => InStep<double[][]>(() =>
                {
                    _ = x.MatMul(Weight).Exp() + 1.0;
                    throw new InvalidOperationException("the model failed");
                }));
            }
            AssertSame(Values(Model(x, 1)), InStep(() => Values(Model(x, 1))));
        }
    }

    [Fact]
    public void A_step_inside_another_step_sees_its_pending_results()
    {
        for (int step = 0; step < 5; step++)
        {
            Tensor x = Numbers(80 + (ulong)step, [5, 6]);
            double[][] expected = Values(Model(x.Exp(), 1));
            double[][] got = InStep(() =>
            {
                Tensor pending = x.Exp();
                return InStep(() => Values(Model(pending, 1)));
            });
            AssertSame(expected, got);
        }
    }

    [Fact]
    public void Steps_on_two_threads_at_once_do_not_disturb_each_other()
    {
        double[][][] expected = new double[2][][];
        double[][][] got = new double[2][][];
        Thread[] threads = new Thread[2];
        for (int t = 0; t < 2; t++)
        {
            int own = t;
            expected[own] = Values(Model(Numbers(100 + (ulong)own, [5, 6]), own));
            threads[own] = new Thread(() =>
            {
                for (int step = 0; step < 50; step++)
                {
                    got[own] = InStep(() => Values(Model(Numbers(100 + (ulong)own, [5, 6]), own)));
                }
            });
            threads[own].Start();
        }
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
        AssertSame(expected[0], got[0]);
        AssertSame(expected[1], got[1]);
    }

    [Fact]
    public void A_result_that_was_not_kept_is_computed_again_when_it_is_read_later()
    {
        Tensor x = Numbers(5, [5, 6]);
        double[] expected = x.MatMul(Weight).Relu().ToArray<double>();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor hidden = x.MatMul(Weight).Relu();
            double total = hidden.Sum().Item();
            Assert.Equal(x.MatMul(Weight).Relu().Sum().Item(), total);
            if (step >= 3)
            {
                Assert.Equal(expected, hidden.ToArray<double>());
            }
        }
    }

    [Fact]
    public void A_result_that_was_not_kept_is_computed_again_when_it_is_read_after_the_stream_has_changed()
    {
        Tensor x = Numbers(5, [7, 6]);
        double[] expected = x.MatMul(Weight).Tanh().ToArray<double>();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor hidden = x.MatMul(Weight).Tanh();
            Tensor total = hidden.Sum();
            _ = total.Item();
            if (step >= 3)
            {
                _ = (total + step).Item();
                Assert.Equal(expected, hidden.ToArray<double>());
            }
        }
    }

    [Fact]
    public void A_result_that_was_not_kept_is_computed_again_when_a_changed_stream_needs_it()
    {
        Tensor x = Numbers(5, [8, 6]);
        double[] expected = x.MatMul(Weight).Tanh().Exp().ToArray<double>();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor hidden = x.MatMul(Weight).Tanh();
            Tensor total = hidden.Sum();
            _ = total.Item();
            if (step >= 3)
            {
                Assert.Equal(expected, hidden.Exp().ToArray<double>());
            }
        }
    }

    [Fact]
    public void A_step_that_goes_on_as_another_known_stream_has_the_results_that_this_one_needs()
    {
        for (int step = 0; step < 12; step++)
        {
            Tensor x = Numbers(120 + (ulong)step, [9, 6]);
            double[][] Run()
            {
                Tensor hidden = x.MatMul(Weight).Tanh();
                Tensor total = hidden.Sum();
                double[] first = total.ToArray<double>();
                return [first, "AABABBAB"[step % 8] == 'A' ? (total * 2.0).ToArray<double>() : (hidden * hidden).ToArray<double>()];
            }
            AssertSame(Run(), InStep(Run));
        }
    }

    [Fact]
    public void A_late_read_after_a_step_went_on_as_another_known_stream_sees_the_numbers_of_this_step()
    {
        Tensor x = Numbers(8, [10, 6]);
        for (int step = 0; step < 12; step++)
        {
            double[][] Run()
            {
                Tensor hidden = (x.MatMul(Weight) * (1.0 + step)).Tanh();
                Tensor total = hidden.Sum();
                double[] first = total.ToArray<double>();
                double[] second = "ABABBA"[step % 6] == 'A' ? (total * 2.0).ToArray<double>() : (total - 1.0).Exp().ToArray<double>();
                return step < 3 ? [first, second] : [first, second, hidden.ToArray<double>()];
            }
            AssertSame(Run(), InStep(Run));
        }
    }

    [Fact]
    public void A_step_inside_another_one_leaves_the_numbers_of_the_pending_operations_alone()
    {
        Tensor x = Numbers(9, [11, 6]);
        for (int step = 0; step < 6; step++)
        {
            double[] expected = (x * (1.0 + step)).Tanh().ToArray<double>();
            double[] expectedInside = (x * (10.0 + step)).Tanh().ToArray<double>();
            using StepScope outer = StepScope.Begin();
            Tensor pending = (x * (1.0 + step)).Tanh();
            Assert.Equal(expectedInside, InStep(() => (x * (10.0 + step)).Tanh().ToArray<double>()));
            Assert.Equal(expected, pending.ToArray<double>());
        }
    }

    [Fact]
    public void A_result_that_is_first_read_after_an_update_is_refused_unless_steps_always_read_it()
    {
        Parameter p = new(Numbers(6, [6, 4]));
        Tensor x = Numbers(7, [5, 6]);
        InvalidOperationException? refusal = null;
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor hidden = x.MatMul(p).Exp();
            Tensor loss = hidden.Sum();
            Tensor gradient = Gradient.Of(loss, [p.Value])[0];
            p.Assign(p.Value - (0.01 * gradient));
            if (step == 3)
            {
                refusal = Assert.Throws<InvalidOperationException>(() => hidden.ToArray<double>());
            }
        }
        Assert.Contains("after parameters have changed", refusal!.Message);
    }

    [Fact]
    public void A_result_that_was_not_kept_can_be_used_by_operations_that_are_new()
    {
        for (int step = 0; step < 6; step++)
        {
            Tensor x = Numbers(90 + (ulong)step, [5, 6]);
            double[] expected = (x.Exp() + 1.0).Tanh().ToArray<double>();
            using StepScope scope = StepScope.Begin();
            Tensor dropped = x.Exp() + 1.0;
            _ = (dropped * 2.0).Sum().Item();
            if (step == 5)
            {
                Assert.Equal(expected, dropped.Tanh().ToArray<double>());
            }
        }
    }

    [Fact]
    public void Random_draws_follow_their_keys()
    {
        for (int step = 0; step < 5; step++)
        {
            RandomKey key = RandomKey.FromSeed((ulong)step);
            double[] expected = (key.Normal([7]) * 2.0).ToArray<double>();
            Assert.Equal(expected, InStep(() => (key.Normal([7]) * 2.0).ToArray<double>()));
        }
    }

    [Fact]
    public void A_tensor_of_a_finished_step_is_refused_whether_computed_or_not()
    {
        for (int step = 0; step < 3; step++)
        {
            Tensor computed;
            Tensor pending;
            using (StepScope.Begin())
            {
                computed = Weight.Exp();
                _ = computed.ToArray<double>();
                pending = computed.Sum() + 1.0;
            }
            Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => computed.ToArray<double>()).Message);
            Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => pending.Item()).Message);
        }
    }

    [Fact]
    public void Random_programs_give_the_bits_of_eager_execution()
    {
        for (ulong program = 0; program < 60; program++)
        {
            for (int step = 0; step < 3; step++)
            {
                Tensor x = Numbers(1000 + (program * 10) + (ulong)step, [4, 6]);
                AssertSame(Values(RandomProgram(program, x)), InStep(() => Values(RandomProgram(program, x))));
            }
        }
    }

    /// <summary>Five to fifty operations on [4, 6] matrices, chosen by a key; the value and a gradient.</summary>
    private static Tensor[] RandomProgram(ulong seed, Tensor input)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        long[] choices = new long[150];
        key.FillIntegers(choices, 1 << 20);
        Tensor variable = input.AsVariable();
        List<Tensor> made = [variable];
        int length = 5 + (int)(choices[0] % 46);
        for (int i = 1; i <= length; i++)
        {
            Tensor a = made[(int)(choices[i] % made.Count)];
            Tensor b = made[(int)(choices[i + 50] % made.Count)];
            made.Add((choices[i + 99] % 10) switch
            {
                0 => a + b,
                1 => (a * b).Tanh(),
                2 => a.Tanh(),
                3 => a.Sigmoid() - b,
                4 => a.Relu(),
                5 => a + b.Sum(1, keepDimensions: true).Tanh(),
                6 => a.Transpose().MatMul(b).MatMul(a.Transpose()).Transpose().Tanh(),
                7 => (a - b.Mean(0)).Tanh(),
                8 => Tensor.Concat([a.Slice(1, 0, 3), b.Slice(1, 3, 3)], 1),
                _ => (a.Reshape(6, 4).Exp().Log1p() * 0.5).Reshape(4, 6),
            });
        }
        Tensor value = made[^1].Square().Sum();
        return [value, made[made.Count / 2], Gradient.Of(value, [variable])[0]];
    }

    private static Tensor[] Model(Tensor x, double scale)
    {
        Tensor w = Weight.AsVariable();
        Tensor hidden = x.MatMul(w).Relu();
        Tensor loss = ((hidden * scale) + 1.0).Log().Sum() + (x.Square().Mean() * scale);
        return [loss, Gradient.Of(loss, [w])[0]];
    }

    private static T InStep<T>(Func<T> run)
    {
        using StepScope scope = StepScope.Begin();
        return run();
    }

    private static double[][] Values(Tensor[] tensors) => [.. tensors.Select(t => t.ToArray<double>())];

    private static void AssertSame(double[][] expected, double[][] got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], got[i]);
        }
    }

    private static Tensor Numbers(ulong seed, Shape shape) => RandomKey.FromSeed(seed).Normal(shape, DType.Float64);
}
