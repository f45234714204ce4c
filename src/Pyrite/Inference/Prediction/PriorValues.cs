namespace Pyrite.Inference.Prediction;

/// <summary>Nothing is known: every site is drawn from its prior.</summary>
internal sealed class PriorValues() : PosteriorValues(null)
{
    public override Handler Of(int draw, RandomKey key, RandomKey plateKey) => new BlockHandler(_ => false);

    /// <summary>The prior is what there is of every site.</summary>
    public override bool Has(string name) => true;
}
