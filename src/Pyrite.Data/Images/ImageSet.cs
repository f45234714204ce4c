namespace Pyrite;

/// <summary>Images for training and for testing, and what their labels mean.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set.</param>
/// <param name="Classes">The classes' names: label i is <c>Classes[i]</c>.</param>
public sealed record ImageSet(LabelledImages Train, LabelledImages Test, IReadOnlyList<string> Classes)
{
    /// <summary>How many images of what size, the same in every culture.</summary>
    public override string ToString() =>
        $"{Train.Count:N0} + {Test.Count:N0} images of {Train.Channels} x {Train.Rows} x {Train.Columns}, {Classes.Count} classes";
}
