using System.Collections;

namespace Pyrite;

/// <summary>The batches of a pass, as <c>foreach</c> asks for them.</summary>
/// <param name="pass">The pass.</param>
/// <param name="current">Makes what is handed out of the pass's parts.</param>
/// <param name="takeBack">Gets the pass's memory back when it ends.</param>
internal sealed class BatchEnumerator<T>(BatchPass pass, Func<BatchPass, T> current, Action takeBack) : IEnumerator<T>
    where T : class
{
    private T? made;

    /// <inheritdoc/>
    public T Current => made ??= current(pass);

    object IEnumerator.Current => Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        made = null;
        return pass.MoveNext();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (pass.End())
        {
            takeBack();
        }
    }

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException("A pass cannot be started again. Enumerate the loader once more: that is the next epoch.");
}
