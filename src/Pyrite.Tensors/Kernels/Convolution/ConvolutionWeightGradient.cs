using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Convolution;

/// <summary>Gradient of a convolution's weights: for every tap a product of shifted input pixels with output gradients.</summary>
/// <remarks>
/// Tile rows are input channels (of adjacent taps, as they lie in memory), columns output channels; the sum runs over the pixels of an
/// image. A fixed number of lanes shares the batch; each adds its images in order, and the lanes are added as a tree.
/// When there are few output channels and the stride is one, input and output change roles, so that vectors stay full.
/// </remarks>
internal readonly unsafe struct ConvolutionWeightGradient<T>
    where T : unmanaged
{
    private const int MaxLanes = 8;
    private const int MaxLaneBytes = 16 << 20;
    private const int BandBytes = 96 << 10;
    private const int MaxGroups = 6;

    private readonly ConvolutionShape _shape;
    private readonly bool _swapped;
    private readonly int _rowsPerBand;
    private readonly int _firstColumn;
    private readonly int _endColumn;
    private readonly bool _needsHalo;
    private readonly ImageLayout _shifted;
    private readonly ImageLayout _fixed;

    /// <summary>The gradient for images with so wide margins of zeros.</summary>
    public ConvolutionWeightGradient(in ConvolutionShape shape, int inMargin = 0, int outMargin = 0)
    {
        _swapped =
            shape.StrideHeight == 1 && shape.StrideWidth == 1 && shape.OutChannels < shape.InChannels && shape.OutChannels < TileTable<T>.Lanes;
        _shape = _swapped ? Swap(shape) : shape;
        ConvolutionShape s = _shape;
        (int shiftedMargin, int fixedMargin) = _swapped ? (outMargin, inMargin) : (inMargin, outMargin);
        _shifted = new ImageLayout(s.InHeight, s.InWidth, s.InChannels, shiftedMargin);
        _fixed = new ImageLayout(s.OutHeight, s.OutWidth, s.OutChannels, fixedMargin);
        _firstColumn = -s.PaddingWidth;
        _endColumn = ((s.OutWidth - 1) * s.StrideWidth) + ((s.KernelWidth - 1) * s.DilationWidth) - s.PaddingWidth + 1;
        int endRow = ((s.OutHeight - 1) * s.StrideHeight) + ((s.KernelHeight - 1) * s.DilationHeight) - s.PaddingHeight + 1;
        _needsHalo = ConvolutionMargin.OfSource(s, gradient: false) > shiftedMargin;
        if (_needsHalo && shiftedMargin > 0)
        {
            throw new ArgumentException(
                $"A weight gradient that reads {ConvolutionMargin.OfSource(s, gradient: false)} pixels beyond its images was given a margin "
                    + $"of {shiftedMargin}.", nameof(inMargin));
        }
        long rowBytes = (long)(_endColumn - _firstColumn) * s.InChannels * sizeof(T);
        int kernelRows = ((s.KernelHeight - 1) * s.DilationHeight) + 1;
        bool whole = (endRow + s.PaddingHeight) * rowBytes <= 2 * BandBytes;
        _rowsPerBand = whole ? s.OutHeight : (int)Math.Clamp(((BandBytes / rowBytes) - kernelRows) / s.StrideHeight, 1, s.OutHeight);
        long laneBytes = Math.Max(LaneLength * sizeof(T), 1);
        Lanes = (int)Math.Clamp(MaxLaneBytes / laneBytes, 1, Math.Clamp(s.Batch, 1, MaxLanes));
    }

    /// <summary>Partial sums over the batch; depends on the shape alone.</summary>
    public int Lanes { get; }

    /// <summary>Elements of a lane, [tap][input channel][output channel].</summary>
    public nint LaneLength => (nint)_shape.Taps * _shape.InChannels * _shape.OutChannels;

    /// <summary>Overwrites a lane with the sum over the lane's images.</summary>
    public void RunLane(T* x, T* dy, T* lane, int index)
    {
        int first = (int)((long)_shape.Batch * index / Lanes);
        int end = (int)((long)_shape.Batch * (index + 1) / Lanes);
        RunImages(x, dy, lane, first, end - first, accumulate: false);
    }

    /// <summary>Adds images [first, first + count) to a lane in order, or starts it with them.</summary>
    public void RunImages(T* x, T* dy, T* lane, int first, int count, bool accumulate)
    {
        T* shifted = _swapped ? dy : x;
        T* fixedImages = _swapped ? x : dy;
        for (int image = first; image < first + count; image++)
        {
            for (int row = 0; row < _shape.OutHeight; row += _rowsPerBand)
            {
                int endRow = Math.Min(row + _rowsPerBand, _shape.OutHeight);
                RunBand(shifted + (image * _shifted.Image) + _shifted.Origin, fixedImages + (image * _fixed.Image) + _fixed.Origin, lane, row, endRow,
                    accumulate);
                accumulate = true;
            }
        }
    }

    /// <summary>Writes a lane into the layout of the weights, [out, in, height, width].</summary>
    public void Unpack(T* lane, T* dw)
    {
        nint taps = _shape.Taps;
        for (nint tap = 0; tap < taps; tap++)
        {
            for (nint i = 0; i < _shape.InChannels; i++)
            {
                for (nint o = 0; o < _shape.OutChannels; o++, lane++)
                {
                    nint at = _swapped
                        ? (((i * _shape.OutChannels) + o) * taps) + taps - 1 - tap
                        : (((o * _shape.InChannels) + i) * taps) + tap;
                    dw[at] = *lane;
                }
            }
        }
    }

    private void RunBand(T* x, T* dy, T* lane, int firstRow, int endRow, bool accumulate)
    {
        ConvolutionShape s = _shape;
        int sourceRow = (firstRow * s.StrideHeight) - s.PaddingHeight;
        int sourceEnd = ((endRow - 1) * s.StrideHeight) + ((s.KernelHeight - 1) * s.DilationHeight) - s.PaddingHeight + 1;
        nint pitch = _needsHalo ? (nint)(_endColumn - _firstColumn) * s.InChannels : _shifted.Pitch;
        using Scratch<T> halo = Scratch<T>.Rent(_needsHalo ? (sourceEnd - sourceRow) * pitch : 0);
        T* corner = x + (sourceRow * _shifted.Pitch) + ((nint)_firstColumn * s.InChannels);
        if (_needsHalo)
        {
            MarginBand.Copy(s.InHeight, s.InWidth, s.InChannels, x, sourceRow, sourceEnd, _firstColumn, _endColumn, halo.Pointer);
            corner = halo.Pointer;
        }

        int rows = endRow - firstRow;
        using Scratch<TileSegment> segments = Scratch<TileSegment>.Rent(rows);
        for (int row = 0; row < rows; row++)
        {
            segments.Pointer[row] = new TileSegment(row * s.StrideHeight * pitch * sizeof(T), row * _fixed.Pitch * sizeof(T));
        }
        TileCall call = new()
        {
            ARow = sizeof(T),
            AGroup = pitch * s.DilationHeight * sizeof(T),
            AStep = (nint)s.StrideWidth * s.InChannels * sizeof(T),
            BStep = (nint)s.OutChannels * sizeof(T),
            CRow = (nint)s.OutChannels * sizeof(T),
            Count = s.OutWidth,
            Segments = segments.Pointer,
            SegmentCount = rows,
        };
        RunTaps(corner, pitch, dy + (firstRow * _fixed.Pitch), lane, accumulate ? TileFeatures.Accumulate : 0, ref call);
    }

    private void RunTaps(T* corner, nint pitch, T* dy, T* lane, TileFeatures features, ref TileCall call)
    {
        ConvolutionShape s = _shape;
        int merged = s.DilationWidth == 1 ? s.KernelWidth : 1;
        int tileRows = merged * s.InChannels;
        bool grouped = merged == s.KernelWidth && tileRows <= 5 && s.KernelHeight > 1;
        for (int column = 0; column < s.OutChannels;)
        {
            int vectors = TilePanels.Next<T>(s.OutChannels - column);
            int columns = Math.Min(vectors * TileTable<T>.Lanes, s.OutChannels - column);
            int rowsAtOnce = grouped ? Math.Clamp(TileTable<T>.GroupsFor(tileRows, vectors), 1, MaxGroups) : 1;
            for (int kh = 0; kh < s.KernelHeight; kh += rowsAtOnce)
            {
                int kernelRows = Math.Min(rowsAtOnce, s.KernelHeight - kh);
                for (int kw = 0; kw < s.KernelWidth; kw += merged)
                {
                    call.A = (byte*)(corner + (kh * s.DilationHeight * pitch) + ((nint)kw * s.DilationWidth * s.InChannels));
                    call.B = (byte*)(dy + column);
                    call.C = (byte*)(lane + (((((nint)kh * s.KernelWidth) + kw) * s.InChannels * s.OutChannels) + column));
                    if (kernelRows > 1)
                    {
                        call.CGroup = tileRows * call.CRow;
                        TileTable<T>.Run(kernelRows * tileRows, columns, tileRows, features, ref call);
                    }
                    else
                    {
                        TilePanels.Run<T>(tileRows, vectors, columns, features, ref call);
                    }
                }
            }
            column += columns;
        }
    }

    // For stride one, dw[tap] = Σ x[p + tap - padding]·dy[p] = Σ dy[q + padding - tap]·x[q]: a correlation with the taps in reverse.
    private static ConvolutionShape Swap(in ConvolutionShape s) => s with
    {
        InChannels = s.OutChannels,
        InHeight = s.OutHeight,
        InWidth = s.OutWidth,
        OutChannels = s.InChannels,
        OutHeight = s.InHeight,
        OutWidth = s.InWidth,
        PaddingHeight = ((s.KernelHeight - 1) * s.DilationHeight) - s.PaddingHeight,
        PaddingWidth = ((s.KernelWidth - 1) * s.DilationWidth) - s.PaddingWidth,
    };
}
