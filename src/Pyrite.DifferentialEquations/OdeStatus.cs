namespace Pyrite;

/// <summary>How a solve ended.</summary>
public enum OdeStatus
{
    /// <summary>Every time was reached.</summary>
    Solved,

    /// <summary>An event that ends the solve happened before the last time (<see cref="OdeEvent.End"/>).</summary>
    EndedByEvent,

    /// <summary>The steps that the solver may take, those that it threw away included, were used up before the last time.</summary>
    TooManySteps,

    /// <summary>The step would have become smaller than the time can tell: the solution grows without bound, or the equation is too stiff or not
    /// smooth there.</summary>
    StepTooSmall,

    /// <summary>The slope at the start or behind an event, or the state that an event made, is not a finite number.</summary>
    NotFinite,
}
