using Pyrite.Language;
using Pyrite.Language.Markov;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>The steps of a chain, which look back so far at most: the loop that <see cref="Primitives.Markov"/> gives to <c>foreach</c>.</summary>
public readonly struct MarkovLoop
{
    private readonly int start;
    private readonly int end;
    private readonly int history;

    internal MarkovLoop(int start, int end, int history) => (this.start, this.end, this.history) = (start, end, history);

    /// <summary>Starts the loop.</summary>
    public Enumerator GetEnumerator() => new(start, end, history);

    /// <summary>One step after the other, each inside a scope of its own.</summary>
    public ref struct Enumerator
    {
        private readonly object loop = new();
        private readonly int end;
        private readonly int history;
        private HandlerScope scope;

        internal Enumerator(int start, int end, int history) => (Current, this.end, this.history) = (start - 1, end, history);

        /// <summary>The number of the step.</summary>
        public int Current { get; private set; }

        /// <summary>Ends the present step and starts the next, if there is one.</summary>
        public bool MoveNext()
        {
            scope.Dispose();
            scope = default;
            if (Current + 1 >= end)
            {
                return false;
            }
            Current++;
            scope = HandlerStack.Push(new MarkovHandler(new MarkovStep(loop, Current, history)));
            return true;
        }

        /// <summary>Ends the present step.</summary>
        public void Dispose() => scope.Dispose();
    }
}
