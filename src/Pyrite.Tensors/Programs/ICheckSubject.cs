namespace Pyrite.Programs;

/// <summary>Something whose parts are checked, and that can say what is wrong with them.</summary>
internal interface ICheckSubject
{
    /// <summary>Whether a part whose value failed its check is looked at again later, so that nothing is refused yet.</summary>
    bool Postpones(string? part, Tensor value) => false;

    /// <summary>The error for a part whose value failed its check.</summary>
    Exception Refuse(string? part, Tensor value);
}
