using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Convolution;

/// <summary>A convolution, or its input gradient, as register tiles over the pixels of a result row; no patch matrix is ever built.</summary>
/// <remarks>
/// A tile is some pixels of one result row by some vectors of result channels. Its sum runs over taps and source channels: neighbouring
/// taps of a kernel row are one contiguous run in a channels-last image. Images are read from a copy with a halo of zeros
/// where taps reach outside, band by band. Weights are packed once per call as [phase][panel][tap][source channel][column].
/// Images with a margin of zeros that is wide enough are read in place. A few result channels would fill few lanes; there, vectors run along the
/// source channels and their lanes are added at the end.
/// </remarks>
internal readonly unsafe struct DirectConvolution<T>
    where T : unmanaged
{
    private const int BandBytes = 96 << 10;
    private const int MaxDotChannels = 4;

    private readonly ConvolutionAxis _height;
    private readonly ConvolutionAxis _width;
    private readonly int _sourceChannels;
    private readonly int _resultChannels;
    private readonly ImageLayout _source;
    private readonly ImageLayout _result;
    private readonly bool _mergeTaps;
    private readonly bool _useDots;
    private readonly bool _needsHalo;
    private readonly int _firstColumn;
    private readonly int _endColumn;
    private readonly int _rowsPerBand;

    /// <summary>The convolution of that shape, or its input gradient, for images with so wide margins.</summary>
    public DirectConvolution(in ConvolutionShape s, bool gradient, int bandsWanted = 1, int sourceMargin = 0, int resultMargin = 0)
    {
        _height = ConvolutionAxis.Height(s, gradient);
        _width = ConvolutionAxis.Width(s, gradient);
        (_sourceChannels, _resultChannels) = gradient ? (s.OutChannels, s.InChannels) : (s.InChannels, s.OutChannels);
        _source = new ImageLayout(_height.Source, _width.Source, _sourceChannels, sourceMargin);
        _result = new ImageLayout(_height.Result, _width.Result, _resultChannels, resultMargin);
        _mergeTaps = _width.TapsAreAdjacent() && (!gradient || _width.Phases == 1);
        _useDots = _resultChannels <= MaxDotChannels && _sourceChannels > 0 && _sourceChannels % TileTable<T>.Lanes == 0;
        _firstColumn = _width.Lowest;
        _endColumn = ((_width.Positions - 1) * _width.SourceStep) + _width.Highest + 1;
        int endRow = ((_height.Positions - 1) * _height.SourceStep) + _height.Highest + 1;
        _needsHalo = ConvolutionMargin.OfSource(s, gradient) > sourceMargin;
        if (_needsHalo && sourceMargin > 0)
        {
            throw new ArgumentException(
                $"A convolution that reads {ConvolutionMargin.OfSource(s, gradient)} pixels beyond its images was given a margin of {sourceMargin}.",
                    nameof(sourceMargin));
        }
        long rowBytes = (long)(_endColumn - _firstColumn) * _sourceChannels * sizeof(T);
        int rowsAtOnce = _height.Positions;
        if (_needsHalo && (endRow - _height.Lowest) * rowBytes > 2 * BandBytes)
        {
            rowsAtOnce = (int)Math.Clamp(((BandBytes / rowBytes) - (_height.Highest - _height.Lowest)) / _height.SourceStep, 1, rowsAtOnce);
        }
        _rowsPerBand = Math.Min(rowsAtOnce, (_height.Positions + bandsWanted - 1) / bandsWanted);
    }

    /// <summary>Pieces an image is cut into; a band is some rows of every phase.</summary>
    public int Bands => (_height.Positions + _rowsPerBand - 1) / _rowsPerBand;

    /// <summary>Elements of the packed weights.</summary>
    public nint PackedLength => (nint)_height.Kernel * _width.Kernel * _sourceChannels * PackedColumns;

    private int PackedColumns => _useDots ? _resultChannels : (_resultChannels + TileTable<T>.Lanes - 1) / TileTable<T>.Lanes * TileTable<T>.Lanes;

    /// <summary>Packs weights [out, in, height, width].</summary>
    public void Pack(T* weights, T* packed)
    {
        nint taps = (nint)_height.Kernel * _width.Kernel;
        (nint sourceStride, nint resultStride) = _height.IsGradient ? (_resultChannels * taps, taps) : (taps, _sourceChannels * taps);
        for (int phase = 0; phase < _height.Phases * _width.Phases; phase++)
        {
            (int ph, int pw) = (phase / _width.Phases, phase % _width.Phases);
            (int tapsHeight, int tapsWidth) = (_height.Taps(ph), _width.Taps(pw));
            for (int column = 0; column < _resultChannels;)
            {
                int stride = _useDots ? 1 : TilePanels.Next<T>(_resultChannels - column) * TileTable<T>.Lanes;
                int columns = Math.Min(stride, _resultChannels - column);
                for (int tap = 0; tap < tapsHeight * tapsWidth; tap++)
                {
                    int position = (_height.Tap(ph, tap / tapsWidth) * _width.Kernel) + _width.Tap(pw, tap % tapsWidth);
                    T* from = weights + position + (column * resultStride);
                    MatrixPacking.Copy(_sourceChannels, columns, from, sourceStride, resultStride, packed, stride);
                    packed += (nint)_sourceChannels * stride;
                }
                column += columns;
            }
        }
    }

    /// <summary>Computes whole images [first, first + count) on the calling thread.</summary>
    public void RunImages(T* packed, T* source, T* result, in Epilogue<T> epilogue, int first, int count)
    {
        for (int image = first; image < first + count; image++)
        {
            for (int band = 0; band < Bands; band++)
            {
                RunBand(packed, source, result, epilogue, image, band);
            }
        }
    }

    /// <summary>Computes one band of one image on the calling thread.</summary>
    public void RunBand(T* packed, T* source, T* result, in Epilogue<T> epilogue, int image, int band)
    {
        int firstRow = band * _rowsPerBand;
        int endRow = Math.Min(firstRow + _rowsPerBand, _height.Positions);
        source += (image * _source.Image) + _source.Origin;
        result += image * _result.Image;
        Epilogue<T> ownEpilogue = epilogue.Advance(image * _result.Image);
        int sourceRow = (firstRow * _height.SourceStep) + _height.Lowest;
        int sourceEnd = ((endRow - 1) * _height.SourceStep) + _height.Highest + 1;
        if (!_needsHalo)
        {
            // The corner that offsets are counted from.
            T* corner = source + (sourceRow * _source.Pitch) + ((nint)_firstColumn * _sourceChannels);
            RunPhases(packed, corner, _source.Pitch, result, ownEpilogue, firstRow, endRow);
            return;
        }
        nint pitch = (nint)(_endColumn - _firstColumn) * _sourceChannels;
        using Scratch<T> halo = Scratch<T>.Rent((sourceEnd - sourceRow) * pitch);
        MarginBand.Copy(_height.Source, _width.Source, _sourceChannels, source, sourceRow, sourceEnd, _firstColumn, _endColumn, halo.Pointer);
        RunPhases(packed, halo.Pointer, pitch, result, ownEpilogue, firstRow, endRow);
    }

    private void RunPhases(T* packed, T* corner, nint pitch, T* result, in Epilogue<T> epilogue, int firstRow, int endRow)
    {
        using Scratch<TileSegment> segments = Scratch<TileSegment>.Rent(_height.Kernel * _width.Kernel);
        for (int ph = 0; ph < _height.Phases; ph++)
        {
            int rows = Math.Min(endRow, _height.Count(ph)) - firstRow;
            for (int pw = 0; pw < _width.Phases; pw++)
            {
                RunPhase(packed, corner, pitch, result, epilogue, ph, pw, firstRow, rows, segments.Pointer);
                packed += (nint)_height.Taps(ph) * _width.Taps(pw) * _sourceChannels * PackedColumns;
            }
        }
    }

    private void RunPhase(
        T* packed, T* corner, nint pitch, T* result, in Epilogue<T> epilogue, int ph, int pw, int firstRow, int rows, TileSegment* segments)
    {
        int pixels = _width.Count(pw);
        int taps = _height.Taps(ph) * _width.Taps(pw);
        nint resultRow = _result.Pitch;
        nint start =
            _result.Origin + ((_height.Start(ph) + ((nint)firstRow * _height.ResultStep)) * resultRow) + ((nint)_width.Start(pw) * _resultChannels);
        TileCall call = new()
        {
            ARow = (nint)_width.SourceStep * _sourceChannels * sizeof(T),
            AStep = sizeof(T),
            AGroup = _height.SourceStep * pitch * sizeof(T),
            CRow = (nint)_width.ResultStep * _resultChannels * sizeof(T),
            CGroup = _height.ResultStep * resultRow * sizeof(T),
            Segments = segments,
        };
        if (_useDots)
        {
            RunDots(packed, corner, pitch, result + start, epilogue.Advance(start), ph, pw, rows, ref call);
            return;
        }
        TileFeatures features =
            (epilogue.Bias != null ? TileFeatures.Bias : 0) | (epilogue.Relu ? TileFeatures.Relu : 0)
                | (epilogue.Mask != null ? TileFeatures.Mask : 0);
        for (int column = 0; column < _resultChannels && pixels > 0;)
        {
            int vectors = TilePanels.Next<T>(_resultChannels - column);
            int columns = Math.Min(vectors * TileTable<T>.Lanes, _resultChannels - column);
            call.BStep = vectors * TileTable<T>.Width;
            call.B = (byte*)(packed + ((nint)column * taps * _sourceChannels));
            call.Bias = (byte*)(epilogue.Bias + column);
            FillSegments(ph, pw, pitch, 1, ref call);

            // Rows of few pixels share a tile.
            int rowsAtOnce = Math.Max(TileTable<T>.GroupsFor(pixels, vectors), 1);
            for (int row = 0; row < rows; row += rowsAtOnce)
            {
                int count = Math.Min(rowsAtOnce, rows - row);
                nint at = start + (row * _height.ResultStep * resultRow) + column;
                call.A = (byte*)(corner + (row * _height.SourceStep * pitch));
                call.C = (byte*)(result + at);
                call.Mask = (byte*)(epilogue.Mask + at);
                if (count > 1)
                {
                    TileTable<T>.Run(count * pixels, columns, pixels, features, ref call);
                }
                else
                {
                    TilePanels.Run<T>(pixels, vectors, columns, features, ref call);
                }
            }
            column += columns;
        }
    }

    private void RunDots(
        T* packed, T* corner, nint pitch, T* result, in Epilogue<T> epilogue, int ph, int pw, int rows, ref TileCall call)
    {
        int lanes = TileTable<T>.Lanes;
        int pixels = _width.Count(pw);
        int wholeBlocks = (pixels + LaneReduction.Block - 1) / LaneReduction.Block * LaneReduction.Block;
        using Scratch<T> sums = Scratch<T>.Rent((nint)wholeBlocks * lanes);
        new Span<T>(sums.Pointer, wholeBlocks * lanes).Clear();
        call.AStep = TileTable<T>.Width;
        call.BStep = TileTable<T>.Width;
        call.CRow = TileTable<T>.Width;
        FillSegments(ph, pw, pitch, lanes, ref call);
        for (int row = 0; row < rows; row++)
        {
            call.A = (byte*)(corner + (row * _height.SourceStep * pitch));
            call.C = (byte*)sums.Pointer;
            for (int channel = 0; channel < _resultChannels && pixels > 0; channel++)
            {
                call.B = (byte*)(packed + ((nint)channel * _height.Taps(ph) * _width.Taps(pw) * _sourceChannels));
                TilePanels.Run<T>(pixels, 1, lanes, TileFeatures.Dots, ref call);
                LaneReduction.Run(wholeBlocks, sums.Pointer);
                nint at = (row * _height.ResultStep * _result.Pitch) + channel;
                nint step = (nint)_width.ResultStep * _resultChannels;
                ChannelFinish.Run(pixels, sums.Pointer, result + at, step, epilogue.At(at, channel));
            }
        }
    }

    // A segment is one tap, or all taps of a kernel row when they are adjacent. Sums follow the order of the kernel, which a
    // gradient meets from its far end; only rows that are merged keep the order of memory.
    private void FillSegments(int ph, int pw, nint pitch, int lanes, ref TileCall call)
    {
        int tapsWidth = _width.Taps(pw);
        int merged = _mergeTaps ? Math.Max(tapsWidth, 1) : 1;
        int perRow = tapsWidth / merged;
        int total = _height.Taps(ph) * perRow;
        call.Count = (nint)merged * _sourceChannels / lanes;
        for (int segment = 0; segment < total; segment++)
        {
            int index = _height.IsGradient ? total - 1 - segment : segment;
            (int i, int j) = (index / perRow, index % perRow * merged);
            nint a = ((_height.Offset(ph, i) - _height.Lowest) * pitch) + ((nint)(_width.Offset(pw, j) - _width.Lowest) * _sourceChannels);
            call.Segments[segment] = new TileSegment(a * sizeof(T), index * call.Count * call.BStep);
        }
        call.SegmentCount = _sourceChannels == 0 ? 0 : total;
    }
}
