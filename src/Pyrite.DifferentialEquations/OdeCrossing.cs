namespace Pyrite;

/// <summary>Which crossings of zero an event waits for; as time goes, or backwards in time, as the solver goes.</summary>
public enum OdeCrossing
{
    /// <summary>Every crossing.</summary>
    Either,

    /// <summary>From negative to positive.</summary>
    Rising,

    /// <summary>From positive to negative.</summary>
    Falling,
}
