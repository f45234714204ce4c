namespace Pyrite.Tests;

/// <summary>The first run of a step gives the memory of large results back when no gradient rule reads them any more; who reads one all the same
/// finds the numbers that stood there.</summary>
public sealed class ReturnedResultsTests
{
    private const int Rows = 512;
    private const int Columns = 64;
    private const long Bytes = Rows * Columns * sizeof(float);

    [Fact]
    public void What_no_rule_reads_any_more_is_given_back_in_the_first_step()
    {
        (long forward, long after) = (0, 0);

        // On a thread of its own: its pool has no larger blocks of earlier steps.
        Thread thread = new(() =>
        {
            Parameter weights = new(RandomKey.FromSeed(1).Normal([Columns, Columns]));
            using StepScope scope = StepScope.Begin();
            scope.RecordAfresh();
            Tensor loss = Layers(weights, 8).Sum();
            loss.Materialize();
            forward = scope.RentedBytes;
            Gradient.Of(loss, [weights.Value])[0].Materialize();
            after = scope.RentedBytes;
        });
        thread.Start();
        thread.Join();

        // Eight products and eight ReLUs; the rules of ReLU do not read products, and gradients stand where results stood.
        Assert.InRange(forward, 16 * Bytes, 25 * Bytes);
        Assert.InRange(after, 1, forward / 2);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Results_given_back_have_their_numbers_even_after_parameters_have_changed(bool isUpdated)
    {
        Parameter weights = new(RandomKey.FromSeed(2).Normal([Columns, Columns]) * 0.1);
        for (int step = 0; step < 4; step++)
        {
            float[] product = Input().MatMul(weights.Value.Detach()).ToArray<float>(), second;
            using (NoGradient.Begin())
            {
                second = Layers(weights, 2).ToArray<float>();
            }
            using StepScope scope = StepScope.Begin();
            Tensor first = Input().MatMul(weights);
            Tensor last = first.Relu().MatMul(weights).Relu();
            Tensor gradient = Gradient.Of(last.Sum(), [weights.Value])[0];
            if (isUpdated)
            {
                weights.Assign(weights.Value.Detach() - (0.01 * gradient));
            }
            Tensor detached = first.Detach(), flat = first.Reshape(-1);
            Assert.Equal(product, detached.ToArray<float>());
            Assert.Equal(product, flat.ToArray<float>());
            Assert.Equal(product, first.ToArray<float>());
            Assert.Equal(second, last.ToArray<float>());
            Assert.Equal(product.Select(x => Math.Max(x, 0)), first.Detach().Reshape(-1).Relu().ToArray<float>());
        }
    }

    [Fact]
    public void Results_given_back_have_their_numbers_after_a_buffer_was_filled_anew()
    {
        TensorBuffer buffer = new([Rows, Columns], DType.Float32);
        float[] numbers = Input().ToArray<float>();
        for (int step = 0; step < 3; step++)
        {
            Tensor weights = Tensor.Full([Columns, Columns], 0.5 + step, DType.Float32).AsVariable();
            numbers.CopyTo(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(buffer.Bytes));
            float[] expected = Input().MatMul(weights.Detach()).ToArray<float>();
            using StepScope scope = StepScope.Begin();
            Tensor product = buffer.Open([Rows, Columns]).MatMul(weights);
            Gradient.Of(product.Relu().Sum(), [weights])[0].Materialize();
            buffer.Retire();
            buffer.Bytes.Clear();
            Assert.Equal(expected, product.ToArray<float>());
        }
    }

    [Fact]
    public void Two_gradients_of_one_forward_pass_are_those_of_eager_execution()
    {
        Parameter weights = new(RandomKey.FromSeed(3).Normal([Columns, Columns]) * 0.1);
        float[][] Both()
        {
            Tensor y = Layers(weights, 3);
            float[] one = Gradient.Of(y.Sum(), [weights.Value])[0].ToArray<float>();
            return [one, Gradient.Of(y.Square().Sum(), [weights.Value])[0].ToArray<float>()];
        }
        float[][] expected = Both();
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Both());
        }
    }

    [Fact]
    public void Steps_of_two_sizes_share_blocks_and_keep_their_bits()
    {
        Parameter weights = new(RandomKey.FromSeed(4).Normal([Columns, Columns]) * 0.1);
        float[] Step(int rows)
        {
            // Twice a megabyte and more: a step that runs for the first time takes the blocks of plans that do not run.
            Tensor y = RandomKey.FromSeed(9).Normal([rows, Columns]).MatMul(weights).Relu().MatMul(weights).Relu();
            return Gradient.Of(y.Square().Sum(), [weights.Value])[0].ToArray<float>();
        }
        int[] sizes = [10_000, 8_000, 10_000, 9_000, 8_000, 7_000, 10_000, 9_000, 8_000];
        Dictionary<int, float[]> expected = sizes.Distinct().ToDictionary(rows => rows, Step);
        for (int round = 0; round < 4; round++)
        {
            foreach (int rows in sizes)
            {
                using StepScope scope = StepScope.Begin();
                Assert.Equal(expected[rows], Step(rows));
            }
        }
    }

    private static Tensor Input() => RandomKey.FromSeed(8).Normal([Rows, Columns]);

    private static Tensor Layers(Parameter weights, int count)
    {
        Tensor y = Input();
        for (int i = 0; i < count; i++)
        {
            y = y.MatMul(weights).Relu();
        }
        return y;
    }
}
