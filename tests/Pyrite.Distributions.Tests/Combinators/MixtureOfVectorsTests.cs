namespace Pyrite.Combinators;

/// <summary>Mixtures of vectors with as many entries as there are vectors: what belongs to an event must not be taken for the batch.</summary>
public sealed class MixtureOfVectorsTests
{
    [Fact]
    public void Each_vector_is_scored_among_its_own_components()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor values = Tensor.From([0.2, 0.3, 0.5, 0.6, 0.3, 0.1, 0.1, 0.1, 0.8]).Reshape(3, 3);
        Tensor first = Tensor.From([1.5, 2, 2.5]), second = Tensor.From([4.0, 1, 1]);
        Mixture unlike = new(new Categorical(Tensor.From([0.25, 0.75])), new Dirichlet(first), new Dirichlet(second));
        MixtureSameFamily alike = new(new Categorical(Tensor.From([0.25, 0.75])), new Dirichlet(Tensor.Stack([first, second], 0)));
        double[] want =
            [.. new Dirichlet(first).LogProb(values).ToArray<double>()
                .Zip(new Dirichlet(second).LogProb(values).ToArray<double>(), (a, b) => Math.Log((0.25 * Math.Exp(a)) + (0.75 * Math.Exp(b))))];
        foreach (Distribution mixture in (Distribution[])[unlike, alike])
        {
            double[] scores = mixture.LogProb(values).ToArray<double>();
            Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(want[i], scores[i], 1e-12));
        }
    }

    [Fact]
    public void Counts_of_several_categories_are_scored_so_too()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor values = Tensor.From([0.0, 1, 0, 1, 0, 0, 0, 0, 1]).Reshape(3, 3);
        Mixture mixture =
            new(new Categorical(Tensor.From([0.25, 0.75])), new OneHotCategorical(Tensor.From([0.5, 0.5, 0.0])),
                new OneHotCategorical(Tensor.From([0.1, 0.2, 0.7])));
        double[] want = [(0.25 * 0.5) + (0.75 * 0.2), (0.25 * 0.5) + (0.75 * 0.1), 0.75 * 0.7];
        double[] scores = mixture.LogProb(values).ToArray<double>();
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(Math.Log(want[i]), scores[i], 1e-12));
    }
}
