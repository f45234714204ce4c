namespace Pyrite;

/// <summary>How particles are chosen by their weights; see <see cref="ParticleResampling"/>.</summary>
public enum ResamplingScheme
{
    /// <summary>One uniform number for all: the least noise in most cases.</summary>
    Systematic,

    /// <summary>One uniform number in each of N equal strata.</summary>
    Stratified,

    /// <summary>Whole copies first, the rest by systematic resampling of the remainders.</summary>
    Residual,

    /// <summary>N independent choices.</summary>
    Multinomial,
}
