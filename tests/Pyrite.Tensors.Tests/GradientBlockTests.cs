using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Gradients side by side in one block.</summary>
public sealed class GradientBlockTests
{
    /// <summary>More than it takes until small programs are compiled.</summary>
    private const int Steps = 60;

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void Programs_put_gradients_where_the_caller_wants_them(int size)
    {
        Tensor x = RandomKey.FromSeed(1).Normal([size]).Keep(), w = RandomKey.FromSeed(2).Normal([size]).AsVariable();
        Tensor b = Tensor.From([0.5f]).AsVariable(), unused = Tensor.From([1f]).AsVariable();
        Tensor?[] expected = Gradient.OrNull(Loss(x, w, b), [w, unused, b]);
        GradientBlock block = new();
        for (int step = 0; step < Steps; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor loss = Loss(x, w, b);
            Tensor?[] found = Gradient.OrNull(loss, [w, unused, b]);
            block.Place(found);
            loss.Item();
            Tensor?[] parts = Filled(block);
            Assert.Null(parts[1]);
            Assert.Equal(expected[0]!.ToArray<float>(), parts[0]!.ToArray<float>());
            Assert.Equal(expected[2]!.ToArray<float>(), parts[2]!.ToArray<float>());
            Assert.Equal(DType.Float32, block.Type);
            Span<float> all = block.Elements<float>();
            Assert.Equal(0, all.Length % 16);
            Assert.Equal(expected[0]!.ToArray<float>(), all[..size].ToArray());
            Assert.Equal(all.ToArray().Sum(value => (double)value), parts.Sum(part => part?.ToArray<float>().Sum(value => (double)value) ?? 0), 1e-3);
            if (step > 0)
            {
                // Nothing was copied.
                Assert.True(found[0]!.IsView(parts[0]!));
            }
        }
    }

    [Fact]
    public void A_tensor_from_outside_is_copied_and_stays_where_it_is()
    {
        Tensor x = Tensor.From([1f, 2f]).Keep(), w = Tensor.From([3f, 4f]).AsVariable();
        GradientBlock block = new();
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor?[] found = Gradient.OrNull((x * w).Sum(), [w]);
            block.Place(found);
            Tensor part = Filled(block)[0]!;
            block.Elements<float>().Fill(7);
            Assert.Equal([7f, 7f], part.ToArray<float>());
            Assert.Equal([1f, 2f], x.ToArray<float>());
        }
    }

    [Fact]
    public void What_an_earlier_step_placed_is_refused()
    {
        Tensor w = Tensor.From([3f, 4f]).AsVariable();
        GradientBlock block = new();
        block.Place(Gradient.OrNull(w.Square().Sum(), [w]));
        Tensor earlier = Filled(block)[0]!;
        Assert.Equal([6f, 8f], earlier.ToArray<float>());
        block.Place(Gradient.OrNull(w.Square().Sum(), [w]));
        Assert.Throws<InvalidOperationException>(() => earlier.ToArray<float>());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(50_000)]
    public void Blocks_of_the_same_parameters_are_added_up(int size)
    {
        Tensor w = RandomKey.FromSeed(2).Normal([size]).AsVariable(), b = Tensor.From([4.0, 5.0]).AsVariable();
        Tensor unused = Tensor.From([1f]).AsVariable();
        GradientBlock[] blocks = [new(), new()];
        Tensor[] terms = [w.Square().Sum(), (w * 3).Sum() + b.Square().Sum().To(DType.Float32)];
        for (int i = 0; i < 2; i++)
        {
            blocks[i].Place(Gradient.OrNull(terms[i], [w, unused, b]), [w, unused, b]);
            blocks[i].Fill();
        }
        blocks[0].Add(blocks[1]);
        Tensor?[] sums = blocks[0].Show();
        Assert.Equal(w.ToArray<float>().Select(value => (2 * value) + 3), sums[0]!.ToArray<float>());
        Assert.Equal([0f], sums[1]!.ToArray<float>());
        Assert.Equal([8.0, 10.0], sums[2]!.ToArray<double>());
        GradientBlock other = new();
        other.Place([w], [w]);
        Assert.Throws<ArgumentException>(() => blocks[0].Add(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Blocks_of_processes_are_added_as_a_tree(int ranks)
    {
        float[] terms = [1e8f, 1, -1e8f, 1, 3, 1e-3f, 7, 0.1f];
        float[] tree = terms[..ranks];
        for (int distance = 1; distance < ranks; distance *= 2)
        {
            for (int i = 0; i < ranks; i += 2 * distance)
            {
                tree[i] += tree[i + distance];
            }
        }
        float[] sums = InProcessGroup.Run(ranks, group =>
        {
            Tensor w = Tensor.From([0f]).AsVariable();
            GradientBlock block = new();
            block.Place(Gradient.OrNull((w * terms[group.Rank]).Sum(), [w]), [w]);
            block.Fill();
            block.SumOver(group, "gradients");
            return block.Show()[0]!.ToArray<float>()[0];
        });
        Assert.All(sums, sum => Assert.Equal(tree[0], sum));
        Assert.All(InProcessGroup.Try(3, group =>
        {
            GradientBlock block = new();
            block.Place([]);
            block.SumOver(group, "gradients");
            return true;
        }), rank => Assert.IsType<ArgumentException>(rank.Failure));
    }

    [Fact]
    public void Gradients_of_several_types_are_no_elements_of_one()
    {
        Tensor a = Tensor.From([3f]).AsVariable(), b = Tensor.From([4.0]).AsVariable();
        GradientBlock block = new();
        block.Place([Gradient.Of(a.Square().Sum(), [a])[0], Gradient.Of(b.Square().Sum(), [b])[0]]);
        Tensor?[] parts = Filled(block);
        Assert.Equal(6, parts[0]!.Item());
        Assert.Equal(8, parts[1]!.Item());
        Assert.Null(block.Type);
        Assert.Contains("no or several types", Assert.Throws<InvalidOperationException>(() => block.Elements<float>().Length).Message,
            StringComparison.Ordinal);
    }

    private static Tensor?[] Filled(GradientBlock block)
    {
        block.Fill();
        return block.Show();
    }

    private static Tensor Loss(Tensor x, Tensor w, Tensor b) => ((x * w) + b).Square().Sum();
}
