using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Products;

/// <summary>Asks for the lines of a strided matrix a few at a time, so that memory works while the tiles before it compute.</summary>
/// <remarks>Only a hint: lines go to the second-level cache, and nothing faults or changes.</remarks>
internal unsafe struct ReadAhead
{
    private const int Line = 64;

    private readonly nint _rowBytes;
    private readonly nint _stride;
    private byte* _row;
    private nint _offset;
    private nint _rows;

    /// <summary>Rows of so many bytes, <paramref name="stride"/> bytes apart.</summary>
    public ReadAhead(void* first, nint rows, nint rowBytes, nint stride)
    {
        _row = (byte*)first;
        (_rows, _rowBytes, _stride) = (rows, rowBytes, stride);
        Lines = Sse.IsSupported ? rows * ((rowBytes + Line - 1) / Line) : 0;
    }

    /// <summary>Lines in all.</summary>
    public nint Lines { get; }

    /// <summary>Asks for the next <paramref name="count"/> lines; none when all have been asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Next(nint count)
    {
        if (!Sse.IsSupported)
        {
            return;
        }
        while (count > 0 && _rows > 0)
        {
            nint end = Math.Min(_rowBytes, _offset + (count * Line));
            for (; _offset < end; _offset += Line)
            {
                Sse.Prefetch1(_row + _offset);
                count--;
            }
            if (_offset >= _rowBytes)
            {
                _offset = 0;
                _row += _stride;
                _rows--;
            }
        }
    }
}
