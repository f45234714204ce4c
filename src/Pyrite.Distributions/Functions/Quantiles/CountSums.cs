namespace Pyrite.Functions.Quantiles;

/// <summary>Sums over the values of distributions of counts.</summary>
internal static class CountSums
{
    private const long MostTerms = 1L << 24;

    /// <summary>The entropy by summation over the counts within a reach of the mean.</summary>
    /// <param name="distribution">Of single whole numbers; its density is asked for inside the support alone.</param>
    /// <param name="below">How far below the mean chances are not negligible.</param>
    /// <param name="above">How far above.</param>
    /// <exception cref="NotSupportedException">That would be too many terms.</exception>
    public static Tensor Entropy(Distribution distribution, Tensor below, Tensor above)
    {
        Tensor centre = distribution.Mean.Detach().Round();
        double down = Math.Ceiling(Greatest(below));
        double up = Math.Ceiling(Greatest(above));
        if (!((down + up + 1) * Math.Max(1, distribution.BatchShape.Count) < MostTerms))
        {
            throw new NotSupportedException(
                $"{distribution.Name}: the entropy is computed by summation, which here would need {down + up:G3} terms per element. Estimate it "
                    + "from draws: Sample(key, [n]) gives n of them.");
        }
        Tensor counts = Along(distribution, (int)(down + up) + 1) - down + centre;
        Tensor inside = distribution.Support.Check(counts);
        Tensor scores = distribution.LogDensity(Tensor.Where(inside, counts, distribution.Support.InteriorPoint(counts)));
        return -Tensor.Where(inside, Probability.Times(scores.Exp(), scores), 0).Sum(0).BroadcastTo(distribution.BatchShape);
    }

    /// <summary>Σ of a function of the counts 0, 1, …, n, with weights that are the chances of the counts.</summary>
    public static Tensor Expectation(Distribution distribution, int most, Func<Tensor, Tensor> function)
    {
        Tensor counts = Along(distribution, most + 1);
        Tensor inside = distribution.Support.Check(counts);
        Tensor safe = Tensor.Where(inside, counts, 0);
        return Tensor.Where(inside, distribution.LogDensity(safe).Exp() * function(safe), 0).Sum(0);
    }

    /// <summary>P(X ≤ x) of counts from 0 by summation, from the end with fewer terms.</summary>
    public static Tensor Cdf(Distribution distribution, Tensor x, int most)
    {
        Tensor counts = Tensor.Range(most + 1).To(distribution.DType);
        Tensor scores = Chances(distribution, counts, x);
        return Tensor.Where(counts <= x.Unsqueeze(-1), scores, 0).Sum(-1);
    }

    /// <summary>P(X &gt; x) of counts from 0 by summation.</summary>
    public static Tensor Survival(Distribution distribution, Tensor x, int most)
    {
        Tensor counts = Tensor.Range(most + 1).To(distribution.DType);
        Tensor scores = Chances(distribution, counts, x);
        return Tensor.Where(counts > x.Unsqueeze(-1), scores, 0).Sum(-1);
    }

    /// <summary>log P(X ≤ x) of counts from 0 by summation, also where the probability underflows.</summary>
    public static Tensor LogCdf(Distribution distribution, Tensor x, int most)
    {
        Tensor counts = Tensor.Range(most + 1).To(distribution.DType);
        Tensor chosen = counts <= Tensor.Where(x < 0, 0, x).Unsqueeze(-1);
        return Tensor.Where(x < 0, double.NegativeInfinity,
            Tensor.Where(chosen, LogChances(distribution, counts, x), double.NegativeInfinity).LogSumExpOverLast());
    }

    /// <summary>log P(X &gt; x) of counts from 0 to an end by summation, also where the probability underflows.</summary>
    public static Tensor LogSurvival(Distribution distribution, Tensor x, int most)
    {
        Tensor counts = Tensor.Range(most + 1).To(distribution.DType);
        Tensor none = x >= distribution.Support.UpperEnd!;
        Tensor chosen = counts > Tensor.Where(none, -1, x).Unsqueeze(-1);
        return Tensor.Where(none, double.NegativeInfinity,
            Tensor.Where(chosen, LogChances(distribution, counts, x), double.NegativeInfinity).LogSumExpOverLast());
    }

    /// <summary>The greatest element, 0 of none.</summary>
    public static double Greatest(Tensor x) => x.Count == 0 ? 0 : x.Detach().To(DType.Float64).ToArray<double>().Max();

    /// <summary>0 … n - 1 along a new axis in front of the batch.</summary>
    private static Tensor Along(Distribution distribution, int count)
    {
        Shape narrow = [count, .. Enumerable.Repeat(1, distribution.BatchShape.Rank)];
        return Tensor.Range(count).To(distribution.DType).Reshape(narrow);
    }

    /// <summary>The chances of all counts along a last axis.</summary>
    private static Tensor Chances(Distribution distribution, Tensor counts, Tensor x) => LogChances(distribution, counts, x).Exp();

    /// <summary>The logarithms of the chances of all counts along a last axis.</summary>
    private static Tensor LogChances(Distribution distribution, Tensor counts, Tensor x)
    {
        Shape batch = Shape.Broadcast(x.Shape, distribution.BatchShape);
        int size = counts.Shape[0];
        Shape front = [size, .. Enumerable.Repeat(1, batch.Rank)];
        Tensor first = counts.Reshape(front);
        Tensor inside = distribution.Support.Check(first);
        Tensor chances =
            Tensor.Where(inside, distribution.LogDensity(Tensor.Where(inside, first, 0)), double.NegativeInfinity).BroadcastTo([size, .. batch]);
        int[] axes = [.. Enumerable.Range(1, batch.Rank), 0];
        return chances.Permute(axes);
    }
}
