using Pyrite.Inference.Parameters;


namespace Pyrite.Inference.Prediction;

/// <summary>Where the latent sites of a prediction get their values from.</summary>
internal abstract class PosteriorValues(ParamStore? parameters)
{
    /// <summary>The handlers that give the values of one draw; outermost first, and inside the seed of the run.</summary>
    /// <param name="draw">The draw's number.</param>
    /// <param name="key">The key of the draw.</param>
    /// <param name="plateKey">The key of its subsamples.</param>
    public abstract Handler Of(int draw, RandomKey key, RandomKey plateKey);

    /// <summary>Whether the posterior has draws of a site, whether or not they suit the plates that the model has now.</summary>
    /// <param name="name">The site's name.</param>
    public abstract bool Has(string name);

    /// <summary>Gives parameters their learnt values; without any, changes nothing.</summary>
    public Handler Store() => parameters is null ? new BlockHandler(_ => false) : new ParamStoreHandler(parameters, 0);
}
