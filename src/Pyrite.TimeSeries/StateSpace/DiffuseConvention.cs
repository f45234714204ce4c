namespace Pyrite;

/// <summary>Which constant the log-density of a diffuse state space carries: that of an improper prior is not unique.</summary>
public enum DiffuseConvention
{
    /// <summary>The limit of the log-density plus ½ log k for each observation that takes up a diffuse state, as the prior variance k goes to
    /// infinity: what statsmodels reports.</summary>
    Limit,

    /// <summary>Without -½ log 2π for those observations, so larger by ½ log 2π for each: Durbin and Koopman (2012, section 7.2.2), and what KFAS
    /// reports.</summary>
    WithoutTwoPi,
}
