namespace Pyrite;

/// <summary>Where the chain of a hidden Markov model begins.</summary>
public enum HmmStart
{
    /// <summary>The first state is that of the first observation, so that there is a transition less than observations.</summary>
    AtFirstObservation,

    /// <summary>The first state comes one step before the first observation, so that there are as many transitions as observations.</summary>
    BeforeFirstObservation,
}
