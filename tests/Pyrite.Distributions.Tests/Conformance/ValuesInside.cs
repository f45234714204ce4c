namespace Pyrite.Conformance;

/// <summary>Values to score, away from the ends of a support.</summary>
internal static class ValuesInside
{
    extension(Distribution distribution)
    {
        /// <summary>A few quantiles, or draws where there is no quantile function.</summary>
        public Tensor InverseOrSample()
        {
            try
            {
                return distribution.InverseCdf(Tensor.From([0.21, 0.63, 0.88]));
            }
            catch (NotSupportedException)
            {
                return distribution.Sample(RandomKey.FromSeed(3), [3]);
            }
        }
    }
}
