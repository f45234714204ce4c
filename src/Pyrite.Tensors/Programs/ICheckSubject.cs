namespace Pyrite;

/// <summary>Something whose parts are checked by a <see cref="StepCheck"/>, and that can say what is wrong with them.</summary>
public interface ICheckSubject
{
    /// <summary>Whether a part whose value failed its check is looked at again later, so that nothing is refused yet.</summary>
    /// <param name="part">What was checked, in the subject's own words; null for the only thing.</param>
    /// <param name="value">Its value.</param>
    bool Postpones(string? part, Tensor value) => false;

    /// <summary>The error for a part whose value failed its check.</summary>
    /// <param name="part">What was checked, in the subject's own words; null for the only thing.</param>
    /// <param name="value">Its value.</param>
    Exception Refuse(string? part, Tensor value);
}
